/**
 * Takes personal data out of a text: telephone numbers, PINFL, numbers of passports and cards, e-mail addresses.
 * Names cannot be told from other words and stay; that they are not written is a matter of rules, not of code.
 *
 * It errs on the safe side: any nine digits that may be read as one number are covered. Numbers of appeals, days and
 * sums of money below a thousand million stay readable.
 */
const COVER = '•'
/** So much is left that two people can be sure they mean the same number. */
const LEFT_DIGITS = 2
const NUMBER_MIN_DIGITS = 9
const GAP = String.raw`[ \u00a0-]?(?:№[ \u00a0]?)?`
/** Two letters and seven digits. In groups only behind capitals: “до 1 500 000” is a sum. */
const PASSPORT = String.raw`(?<![\p{L}\p{Nd}])(?:\p{L}{2}${GAP}\p{Nd}{7}|\p{Lu}{2}${GAP}\p{Nd}(?:[ \u00a0-]?\p{Nd}){6})(?!\p{Nd})`
/** Digits of whichever script, with what people put between them. */
const NUMBER = String.raw`\+?\p{Nd}(?:[ \u00a0\u2009\u202f.()/‐-―-]{0,3}\p{Nd}){${NUMBER_MIN_DIGITS - 1},}`
const MAIL = String.raw`[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+`
const APPEAL = String.raw`(?<![\p{L}\p{Nd}])\p{Lu}[\p{Lu}\d]{0,7}-\d{4}-\d{6,9}(?![\p{L}\p{Nd}])`
/** No number either, with the time of the day that may stand behind it. */
const DAY = String.raw`(?<![\p{L}\p{Nd}.])(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d(?:[ ,]{1,2}(?:[01]?\d|2[0-3])[:.][0-5]\d(?!\d))?(?!\p{Nd}|\.\p{Nd})`
const FOUND = new RegExp(`(?<whole>${APPEAL}|${DAY})|(?<mail>${MAIL})|${PASSPORT}|${NUMBER}`, 'gu')

export function maskPersonalData(text: string): string {
  return text.replace(FOUND, (found, ...more) => {
    const { mail, whole } = more.at(-1) as { mail?: string; whole?: string }
    if (whole) return whole
    return mail ? coveredMail(mail) : coveredNumber(found)
  })
}

function coveredMail(mail: string): string {
  return `${COVER.repeat(3)}${mail.slice(mail.lastIndexOf('@'))}`
}

function coveredNumber(number: string): string {
  let left = [...number.matchAll(/\p{Nd}/gu)].length - LEFT_DIGITS
  return number.replace(/[\p{L}\p{Nd}]/gu, (sign) => {
    if (/\p{L}/u.test(sign)) return COVER
    left--
    return left >= 0 ? COVER : sign
  })
}
