import { NotKnown } from './check.rules.ts'
import type { Compiled } from './compile.values.ts'

/**
 * What all rules together, and what one of them, may cost on one submission: about a second, where a large household needs some
 * milliseconds. Steps and not time, so that a submission is judged alike on every machine.
 */
export const MOST_STEPS = 10_000_000, MOST_STEPS_OF_RULE = 5_000_000

type Account = { rule: Compiled; spent: number }

const NONE: ReadonlySet<Compiled> = new Set()

/** Keeps the accounts of the rules. One that has spent too much is given up for this submission, and does not hold up the others. */
export class Budget {
  // a table makes one for every row: what is in it is made where it is needed
  #givenUp: Set<Compiled> | null = null
  #accounts: Map<Compiled, Account> | null = null
  #account: Account | null = null
  #left: number
  readonly #mostOfRule: number

  constructor(most = MOST_STEPS, mostOfRule = MOST_STEPS_OF_RULE) {
    this.#left = most
    this.#mostOfRule = mostOfRule
  }

  get givenUp(): ReadonlySet<Compiled> {
    return this.#givenUp ?? NONE
  }

  /** What follows is for this rule. False: it is given up. */
  begin(rule: Compiled): boolean {
    if (this.#left < 0) this.#giveUp(rule)
    if (this.#givenUp?.has(rule)) return false
    if (this.#account?.rule === rule) return true
    const accounts = this.#accounts ??= new Map(), account = accounts.get(rule) ?? { rule, spent: 0 }
    accounts.set(rule, account)
    this.#account = account
    return true
  }

  /** @throws NotKnown where it is too much */
  readonly spend = (steps: number): void => {
    this.#left -= steps
    const account = this.#account
    if (account !== null) account.spent += steps
    if (this.#left >= 0 && (account === null || account.spent <= this.#mostOfRule)) return
    if (account !== null) this.#giveUp(account.rule)
    throw new NotKnown()
  }

  #giveUp(rule: Compiled): void {
    (this.#givenUp ??= new Set()).add(rule)
  }
}
