const FIRST = '[\\p{L}_]', FURTHER = '[\\p{L}\\p{M}\\p{N}_.\\-]'
const NAME = new RegExp(`^${FIRST}${FURTHER}*$`, 'u'), PREFIXED = new RegExp(`^(?:${FIRST}${FURTHER}*:)?${FIRST}${FURTHER}*$`, 'u')

/** What an element of the form may be called. @example isName('เพศ_1') // => true */
export const isName = (text: string): boolean => NAME.test(text)
/** What an attribute may be called: `rakkaeo:unit`. */
export const isPrefixedName = (text: string): boolean => PREFIXED.test(text)

const YES = /^(yes|true|true\(\))$/i, NO = /^(no|false|false\(\))$/i

/** What an author means by yes and no; null when it is neither. */
export const yesOrNo = (text: string): boolean | null => YES.test(text) ? true : NO.test(text) ? false : null
