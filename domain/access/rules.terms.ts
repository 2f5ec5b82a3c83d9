/**
 * The words by which a person is found: each word of the name, the user name, the address and what stands before its @.
 * @example termsOf({ name: 'มะลิ ตัวอย่าง', userName: 'mali', email: null }) // => ['มะลิ', 'ตัวอย่าง', 'mali']
 */
export function termsOf({ name, userName, email }: { name: string; userName: string | null; email: string | null }): string[] {
  return [...new Set([...wordsOf(name), ...(userName ? [userName.toLowerCase()] : []), ...(email ? [email.toLowerCase(), email.toLowerCase().split('@')[0] as string] : [])])]
}

/** What somebody typed into the search for people, as words. */
export function wordsOf(text: string): string[] {
  return [...new Set(text.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean))]
}
