/**
 * What a waiting caller is told, between music: where he stands and for how
 * long about, what may help him meanwhile, and what he may press.
 *
 * What is told must be true. The expected wait is the queue engine's, in whole
 * minutes. A number never grows without a word: if the wait has become longer,
 * only the place is told, and if the place is worse, why it is.
 */
import { CALL_LANGUAGES, type CallLanguage, type Texts } from '#core/lib/languages.ts'
import { inLanguages, type Say } from './spoken.ts'

/** Beyond this place the number is not told: it would only dishearten, and each number is a prompt to keep. */
export const LAST_TOLD_POSITION = 50
/** A longer wait is told as „more than". */
export const LAST_TOLD_MINUTES = 15
const MINUTE_MS = 60_000

/** Where a caller stands, by the queue engine. */
export type Place = {
  /** 1 is the next. */
  readonly position: number
  /** Nothing while nobody is at work for his queue: then no number would be true. */
  readonly expectedWaitMs: number | undefined
}

/** The best he has been told so far; less is never taken back without a word. */
export type Told = { readonly position?: number; readonly minutes?: number }

/** What he may press, as far as it is possible for him. */
export type WaitingOffers = { readonly callback: boolean; readonly message: boolean }

export function tellPlace({ position, expectedWaitMs }: Place, told: Told): { told: Told; say: Texts[] } {
  const minutes = expectedWaitMs === undefined ? undefined : toldMinutes(expectedWaitMs)
  const isWorsePlace = told.position !== undefined && position > told.position
  const isLonger = minutes !== undefined && told.minutes !== undefined && minutes > told.minutes
  const tellsMinutes = minutes !== undefined && !isLonger && !isWorsePlace
  return {
    told: {
      position,
      ...(told.minutes !== undefined && { minutes: told.minutes }),
      ...(tellsMinutes && { minutes }),
    },
    say: [
      positionText(position),
      ...(isWorsePlace ? [WHY_WORSE] : []),
      ...(tellsMinutes ? [expectedWaitText(minutes)] : []),
    ],
  }
}

/** 0 is „less than a minute", LAST_TOLD_MINUTES + 1 „more than" that. */
export function toldMinutes(expectedWaitMs: number): number {
  if (expectedWaitMs < MINUTE_MS) return 0
  return Math.min(Math.round(expectedWaitMs / MINUTE_MS), LAST_TOLD_MINUTES + 1)
}

/** Every text a waiting caller may hear, so that all are spoken before the first call. */
export function allWaitingTexts(information: readonly Texts[] = []): Say[] {
  const positions = Array.from({ length: LAST_TOLD_POSITION + 1 }, (_, index) => positionText(index + 1))
  const waits = Array.from({ length: LAST_TOLD_MINUTES + 2 }, (_, minutes) => expectedWaitText(minutes))
  const digits = Array.from({ length: 10 }, (_, digit) => digitText(String(digit)))
  const texts = [
    ...positions,
    ...waits,
    ...digits,
    ...Object.values(WAITING_TEXTS),
    WHY_WORSE,
    ...information,
  ]
  return texts.flatMap((text) => inLanguages(text, CALL_LANGUAGES))
}

/** A number digit by digit, as a caller reads it back: without the country if it is ours. */
export function spokenNumber(e164: string, language: CallLanguage): Say[] {
  const digits = e164.replace(/^\+998(?=\d{9}$)/, '').replace(/\D/g, '')
  return [...digits].map((digit) => ({ language, text: digitText(digit)[language] }))
}

function positionText(position: number): Texts {
  return position > LAST_TOLD_POSITION
    ? { uz: 'Hozir qoʻngʻiroqlar koʻp.', ru: 'Сейчас поступает много звонков.' }
    : { uz: `Siz navbatda ${position}-oʻrindasiz.`, ru: `Ваше место в очереди: ${position}.` }
}

const WHY_WORSE: Texts = {
  uz: 'Shoshilinch va avvalroq boshlangan qoʻngʻiroqlarga birinchi boʻlib javob beriladi.',
  ru: 'Сначала отвечают на срочные звонки и на те, что начались раньше.',
}

function expectedWaitText(minutes: number): Texts {
  if (minutes === 0)
    return { uz: 'Kutish vaqti bir daqiqadan kam.', ru: 'Время ожидания — меньше одной минуты.' }
  if (minutes > LAST_TOLD_MINUTES)
    return {
      uz: `Kutish vaqti ${LAST_TOLD_MINUTES} daqiqadan koʻp.`,
      ru: 'Время ожидания — больше пятнадцати минут.',
    }
  return {
    uz: `Taxminiy kutish vaqti: ${minutes} daqiqa.`,
    ru: `Примерное время ожидания: ${russianMinutes(minutes)}.`,
  }
}

/** The minute is feminine, and a figure would be read as if it were not. */
function russianMinutes(minutes: number): string {
  if (minutes === 1) return 'одна минута'
  if (minutes === 2) return 'две минуты'
  return minutes < 5 ? `${minutes} минуты` : `${minutes} минут`
}

function digitText(digit: string): Texts {
  return { uz: digit, ru: digit }
}

/** What is said besides place and wait; each whole, so that each can be recorded by a person. */
export const WAITING_TEXTS = {
  stay: {
    uz: 'Operator tez orada javob beradi. Iltimos, kutib turing.',
    ru: 'Оператор скоро ответит. Пожалуйста, оставайтесь на линии.',
  },
  offerCallback: {
    uz: 'Navbatingizni saqlab, oʻzimiz qayta qoʻngʻiroq qilishimiz uchun 1 ni bosing.',
    ru: 'Чтобы мы перезвонили вам с сохранением места в очереди, нажмите 1.',
  },
  offerMessage: {
    uz: 'Xabar qoldirish uchun 2 ni bosing.',
    ru: 'Чтобы оставить сообщение, нажмите 2.',
  },
  offerRepeat: {
    uz: 'Qayta eshitish uchun yulduzchani bosing.',
    ru: 'Чтобы прослушать ещё раз, нажмите звёздочку.',
  },
  wrongKey: { uz: 'Bunday tanlov yoʻq.', ru: 'Такого пункта нет.' },
  weCall: { uz: 'Sizga shu raqam boʻyicha qoʻngʻiroq qilamiz:', ru: 'Мы перезвоним вам по номеру:' },
  isItRight: {
    uz: 'Toʻgʻri boʻlsa, 1 ni bosing. Raqam boshqa boʻlsa, uni terib, panjarani bosing. Navbatda qolish uchun panjaraning oʻzini bosing.',
    ru: 'Если всё верно, нажмите 1. Если номер другой, наберите его и нажмите решётку. Чтобы остаться в очереди, нажмите только решётку.',
  },
  askNumber: {
    uz: 'Sizga qoʻngʻiroq qilishimiz mumkin boʻlgan telefon raqamini tering va panjarani bosing.',
    ru: 'Наберите номер телефона, по которому вам можно перезвонить, и нажмите решётку.',
  },
  noSuchNumber: {
    uz: 'Bu raqamga qoʻngʻiroq qila olmaymiz.',
    ru: 'На этот номер мы позвонить не можем.',
  },
  promised: {
    uz: 'Rahmat. Navbatingiz saqlanadi, navbatingiz kelganda sizga qoʻngʻiroq qilamiz. Xayr, salomat boʻling.',
    ru: 'Спасибо. Ваше место сохраняется, мы перезвоним, когда подойдёт ваша очередь. Всего доброго.',
  },
  promisedForMorning: {
    uz: 'Rahmat. Navbatingiz saqlanadi. Kechqurun bezovta qilmaymiz: sizga ertalab qoʻngʻiroq qilamiz. Xayr, salomat boʻling.',
    ru: 'Спасибо. Ваше место сохраняется. Поздно вечером мы не звоним и перезвоним вам утром. Всего доброго.',
  },
  promisedBefore: {
    uz: 'Bu raqamga qoʻngʻiroq qilish navbatga qoʻyilgan, oʻrningiz saqlanadi. Xayr, salomat boʻling.',
    ru: 'Звонок на этот номер уже заказан, ваше место сохраняется. Всего доброго.',
  },
  calledEnough: {
    uz: 'Bu raqamga bugun yetarlicha qoʻngʻiroq qilindi. Navbatda kutishingiz yoki xabar qoldirishingiz mumkin.',
    ru: 'На этот номер сегодня больше не перезваниваем. Вы можете подождать или оставить сообщение.',
  },
  beforeMessage: {
    uz: 'Siz navbatdan chiqib, xabar qoldirasiz. Navbatda qolish uchun panjarani bosing.',
    ru: 'Вы выйдете из очереди и оставите сообщение. Чтобы остаться в очереди, нажмите решётку.',
  },
  /** For a caller whom a rule of the queue sends away without asking for a message. */
  sentAway: {
    uz: 'Afsuski, hozir qoʻngʻiroqingizga javob bera olmaymiz. Iltimos, keyinroq qoʻngʻiroq qiling.',
    ru: 'К сожалению, сейчас мы не можем ответить на ваш звонок. Пожалуйста, позвоните позже.',
  },
  stayed: { uz: 'Siz navbatda qoldingiz.', ru: 'Вы остаётесь в очереди.' },
} as const satisfies Readonly<Record<string, Texts>>
