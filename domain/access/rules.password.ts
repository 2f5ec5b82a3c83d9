/** Passwords that everybody tries first, of those that are long enough. */
const COMMON = ['1234567890', '0123456789', '0987654321', 'password12', 'password123', 'qwertyuiop', 'iloveyou123', 'administrator', 'rakkaeo123', 'rakkaeo1234']
const FEWEST_CHARACTERS = 5

/** Whether a password can be guessed from the name, from habit, or is one key pressed many times. @example isWeakPassword('aaaaaaaaaaaa', []) // => true */
export function isWeakPassword(password: string, names: readonly string[]): boolean {
  const plain = password.toLowerCase()
  const own = names.map(name => (name.split('@')[0] ?? '').toLowerCase()).filter(name => name.length >= 3)
  return new Set(plain).size < FEWEST_CHARACTERS || COMMON.includes(plain) || own.some(name => plain.replaceAll(name, '').length < FEWEST_CHARACTERS)
}
