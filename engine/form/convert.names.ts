/** Characters of names as XML 1.0 (fifth edition, 2.3) has them: Thai letters and their marks are, ² and ª are not. */
const FIRST = 'A-Z_a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c\\u200d\\u2070-\\u218f\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd\\u{10000}-\\u{effff}'
const PLAIN = `[${FIRST}][${FIRST}\\-.0-9\\u00b7\\u0300-\\u036f\\u203f\\u2040]*`
const NAME = new RegExp(`^${PLAIN}$`, 'u'), PREFIXED = new RegExp(`^(?:${PLAIN}:)?${PLAIN}$`, 'u')

/** What an element of the form may be called. @example isName('เพศ_1') // => true */
export const isName = (text: string): boolean => NAME.test(text)
/** What an attribute may be called: `rakkaeo:unit`. */
export const isPrefixedName = (text: string): boolean => PREFIXED.test(text)

const YES = /^(yes|true|true\(\))$/i, NO = /^(no|false|false\(\))$/i

/** What an author means by yes and no; null when it is neither. */
export const yesOrNo = (text: string): boolean | null => YES.test(text) ? true : NO.test(text) ? false : null
