import { NotKnown } from './check.rules.ts'
import type { Compiled } from './compile.values.ts'

/**
 * What all rules together, and what one of them, may cost on one submission: about a second, where a large household needs some
 * milliseconds. Steps and not time, so that a submission is judged alike on every machine.
 */
export const MOST_STEPS = 10_000_000, MOST_STEPS_OF_RULE = 5_000_000

type Account = { rule: Compiled; spent: number }

/** Keeps the accounts of the rules. One that has spent too much is given up for this submission, and does not hold up the others. */
export class Budget {
  readonly givenUp = new Set<Compiled>()
  readonly #accounts = new Map<Compiled, Account>()
  #account: Account = { rule: () => '', spent: 0 }
  #left: number
  readonly #mostOfRule: number

  constructor(most = MOST_STEPS, mostOfRule = MOST_STEPS_OF_RULE) {
    this.#left = most
    this.#mostOfRule = mostOfRule
  }

  /** What follows is for this rule. False: it is given up. */
  begin(rule: Compiled): boolean {
    if (this.#left < 0) this.givenUp.add(rule)
    if (this.givenUp.has(rule)) return false
    this.#account = this.#accounts.get(rule) ?? { rule, spent: 0 }
    this.#accounts.set(rule, this.#account)
    return true
  }

  /** @throws NotKnown where it is too much */
  readonly spend = (steps: number): void => {
    this.#account.spent += steps
    this.#left -= steps
    if (this.#left >= 0 && this.#account.spent <= this.#mostOfRule) return
    this.givenUp.add(this.#account.rule)
    throw new NotKnown()
  }
}
