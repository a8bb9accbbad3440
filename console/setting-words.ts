/** What is wrong with something an administrator filled in, as people read it. */
import type { SettingProblem, SettingProblemCode } from '#core/lib/setting-problems.ts'
import { t } from './i18n.ts'
import { RequestProblem } from './request.ts'

export function settingProblemText({ code, params }: Pick<SettingProblem, 'code' | 'params'>): string {
  switch (code) {
    case 'required':
      return t('Please fill this in.')
    case 'tooLong':
      return t('{{most}} characters at most, please.', params)
    case 'badLogin':
      return t('Small letters, digits, dots and dashes, from 2 to 64 of them.')
    case 'badCode':
      return t('A small letter first, then letters and digits, {{most}} at most.', params)
    case 'taken':
      return t('“{{value}}” is there already.', params)
    case 'unknown':
      return t('There is no “{{value}}”.', params)
    case 'outOfRange':
      return t('A whole number from {{least}} to {{most}}, please.', params)
    case 'tooMany':
      return t('There are {{count}}; {{most}} are allowed.', params)
    case 'tooFew':
      return t('There are {{count}}; at least {{least}} are needed.', params)
    case 'reserved':
      return t('“{{value}}” means something else already.', params)
    default:
      return otherProblemText(code, params)
  }
}

type OtherCode = Exclude<
  SettingProblemCode,
  | 'required'
  | 'tooLong'
  | 'badLogin'
  | 'badCode'
  | 'taken'
  | 'unknown'
  | 'outOfRange'
  | 'tooMany'
  | 'tooFew'
  | 'reserved'
>
function otherProblemText(code: OtherCode, params: SettingProblem['params']): string {
  switch (code) {
    case 'badTopicCode':
      return t('Two digits for each of at most three levels, as 01.02.03.')
    case 'noParent':
      return t('There is no “{{value}}” above it.', params)
    case 'sameName':
      return t('It is called as “{{value}}” beside it.', params)
    case 'allToBeAgreed':
      return t('There must be a break that nobody has to agree to.')
    case 'tooFewOffered':
      return t('At least {{least}} must be offered.', params)
    case 'badEmail':
      return t('An e-mail address and nothing beside it.')
    case 'badUrl':
      return t('An address that begins with https.')
    case 'badToken':
      return t('Letters, digits, dashes and underscores only.')
    case 'tooManyParts':
      return t('It goes out in {{count}} parts; {{most}} are allowed.', params)
    case 'tooShort':
      return t('At least {{least}} characters.', params)
    case 'notThisComputer':
      return t('An address of the computer itself, as wss://127.0.0.1:64443, please.')
    case 'badApiKey':
      return t('Line {{line}}: an address, a space and its key of letters A to F and digits.', params)
    case 'badPinfl':
      return t('This is no PINFL: fourteen digits, and the last one fits the others.')
    case 'noRightAnswer':
      return t('None of the answers is marked as right.')
    case 'notPublished':
      return t('The article {{value}} is not published.', params)
    case 'deadEnd':
      return t('The talk turns here: it needs a branch, and no step that comes next.')
    case 'goesInCircle':
      return t('A step leads back to one before it.')
    case 'unreachable':
      return t('Nothing leads to this step.')
    case 'badTime':
      return t('A time of the day as 09:00, please.')
    case 'badDay':
      return t('“{{value}}” is no day.', params)
    case 'endsFirst':
      return t('It ends before it begins.')
    case 'unknownValue':
      return t('Nobody fills in {{value}}.', { value: `{${params.value}}` })
    default:
      return isOfTrunk(code) ? trunkProblemText(code, params) : callProblemText(code, params)
  }
}

type CallCode =
  | PeopleCode
  | 'shorterThanQuiet'
  | 'badBeginning'
  | 'allowedToo'
  | 'badNumber'
  | 'badPhone'
  | 'badPrefix'

function callProblemText(code: CallCode, params: SettingProblem['params']): string {
  switch (code) {
    case 'shorterThanQuiet':
      return t(
        'At least {{least}}: a promise of the evening must outlive the hours when nobody is called.',
        params,
      )
    case 'badBeginning':
      return t('Line {{line}}: “{{value}}” is no beginning of a number with its country, as +998.', params)
    case 'badNumber':
      return t('Digits, with a plus before them if need be.')
    case 'badPhone':
      return t('Line {{line}}: “{{value}}” is no whole telephone number.', params)
    case 'badPrefix':
      return t('Capitals and digits, eight at most, a capital first.')
    case 'allowedToo':
      return t('Line {{line}}: “{{value}}” is allowed as well.', params)
    default:
      return peopleProblemText(code)
  }
}

type PeopleCode = Extract<
  SettingProblemCode,
  | 'flowLeadsHere'
  | 'topicsLeadHere'
  | 'callersWaitHere'
  | 'noLanguage'
  | 'queuesWithoutCalls'
  | 'lastAdministrator'
  | 'yourself'
>

function peopleProblemText(code: PeopleCode): string {
  switch (code) {
    case 'noLanguage':
      return t('Whoever takes calls speaks a language in which they are held.')
    case 'queuesWithoutCalls':
      return t('Whoever takes no calls serves no queue.')
    case 'lastAdministrator':
      return t('Nobody else would be left who may change people.')
    case 'flowLeadsHere':
      return t('The voice menu leads callers here.')
    case 'topicsLeadHere':
      return t('Topics of the classifier name this queue.')
    case 'callersWaitHere':
      return t('Callers wait here, or are to be called back from here.')
    case 'yourself':
      return t('You cannot do this to yourself.')
  }
}

const TRUNK_CODES = [
  'badTrunkCode',
  'badAddress',
  'tooWide',
  'addressOfOther',
  'badPattern',
  'badServer',
  'badAccount',
  'badSipPassword',
  'badOutboundUri',
] as const
type TrunkCode = (typeof TRUNK_CODES)[number]
const isOfTrunk = (code: SettingProblemCode): code is TrunkCode => TRUNK_CODES.some((one) => one === code)

function trunkProblemText(code: TrunkCode, params: SettingProblem['params']): string {
  switch (code) {
    case 'badTrunkCode':
      return t('A small letter first, then small letters, digits and dashes, {{most}} at most.', params)
    case 'badAddress':
      return t('Line {{line}}: “{{value}}” is no IP address; names are not believed.', params)
    case 'tooWide':
      return t('Line {{line}}: “{{value}}” is a network of too many; /{{least}} or narrower, please.', params)
    case 'addressOfOther':
      return t('Line {{line}}: “{{value}}” is an address of the trunk {{other}}.', params)
    case 'badPattern':
      return t(
        'Line {{line}}: “{{value}}” is no number: digits, signs for any digit, a dot at the end for more.',
        params,
      )
    case 'badServer':
      return t('The name or address of a server, with a port if need be.')
    case 'badAccount':
      return t('Letters, digits and + _ . - only.')
    case 'badSipPassword':
      return t('It has a space, a semicolon or another sign that cannot be used.')
    case 'badOutboundUri':
      return t('It must be like the example, with one of the three words for the number.')
  }
}

/** What the server found wrong, of settings that have rows and fields. */
export function settingProblemsIn(error: unknown): SettingProblem[] {
  const problems = error instanceof RequestProblem ? (error.problems ?? []) : []
  return problems.filter((problem): problem is SettingProblem => 'row' in problem)
}
