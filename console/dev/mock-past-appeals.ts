/** The appeals of a scripted day. */
import type { AppealCard } from '#contract/appeals.ts'
import { addDays, tashkentDay } from '#core/lib/time.ts'
import { madeId } from './mock-data.ts'
import { mockDays } from './mock-days.ts'

const MINUTE_MS = 60_000

export function pastAppeals(now: number): AppealCard[] {
  return [4, -2, 0, 9, 15, 1].map((daysLeft, place) =>
    appeal(place, addDays(tashkentDay(now), daysLeft), now),
  )
}

function appeal(place: number, dueOn: `${number}-${number}-${number}`, now: number): AppealCard {
  const registeredOn = addDays(dueOn, -15)
  const text =
    'Ikkinchi hafta davomida shaxsiy kabinetimda roʻyxatdan oʻtish arizam tasdiqlanmayapti. Hujjatlarim toʻliq yuklangan. Iltimos, holatni tekshirib, menga javob bering.'
  return {
    id: madeId(3, place),
    number: `A-2026-00012${place}`,
    kind: (['application', 'complaint', 'proposal'] as const)[place % 3] ?? 'application',
    status: place === 3 ? 'editing' : 'registered',
    track: 'general',
    citizenName: place % 2 === 0 ? 'Gulchehra Abdullayeva' : 'Тимур Рахимов',
    topic: '01.01.02',
    excerpt: text.slice(0, 90),
    registeredOn,
    dueOn,
    text,
    citizen: {
      id: madeId(4, 1),
      name: place % 2 === 0 ? 'Gulchehra Abdullayeva' : 'Тимур Рахимов',
      numbers: ['+998 90 123 45 67'],
      isMinor: false,
    },
    call: { id: madeId(2, 2), arrivedAt: now - 50 * MINUTE_MS },
    receivedAt: now - 50 * MINUTE_MS,
    registeredByName: 'Dilnoza Karimova',
    dueSteps: [
      { text: 'receivedInTime', day: registeredOn, article: 'OʻRQ-445, 23-modda' },
      { text: 'dayZero', day: registeredOn, article: 'OʻRQ-445, 23-modda' },
      { text: 'fifteenDays', day: dueOn, article: 'OʻRQ-445, 28-modda' },
    ],
    ...mockDays(registeredOn, dueOn),
    next: { duty: 'reply', dueOn },
    ...untouched(madeId(1, 1), 'Dilnoza Karimova', now - 50 * MINUTE_MS),
    ...(place === 3 && movesToEditing(now)),
    ...(place === 0 && { links: [duplicateOf(place + 2)] }),
  }
}

function duplicateOf(place: number): AppealCard['links'][number] {
  return {
    other: { id: madeId(3, place), number: `A-2026-00012${place}`, status: 'registered' },
    flag: 'duplicate',
    accepted: null,
    likeness: 100,
    reasons: ['samePerson', 'sameTopic', 'similarText', 'withinLimit'],
  }
}

/** An appeal that was registered, and nothing more. */
export function untouched(by: string, byName: string, at: number) {
  return {
    version: 1,
    filers: { cosigners: [], representative: null },
    cosignerCount: 0,
    isAnonymous: false,
    medium: 'phone',
    telephone: '+998901112233' as string | null,
    underControl: false,
    editedText: null,
    editorName: null,
    incomingNumber: null,
    outcome: null,
    mergedInto: null,
    links: [],
    grants: [],
    moves: [{ place: 1, action: 'register', from: 'draft', to: 'registered', at, by, byName, details: {} }],
    timeline: [{ at, type: 'appealRegistered', actorName: byName, note: null, receipt: null }],
  } satisfies Partial<AppealCard>
}

function movesToEditing(now: number): Pick<AppealCard, 'moves' | 'version' | 'editedText' | 'editorName'> {
  const [registered] = untouched(madeId(1, 1), 'Dilnoza Karimova', now - 50 * MINUTE_MS).moves
  const by = { by: madeId(1, 4), byName: 'Gulnora Rahimova' }
  const details = { kind: 'application' as const, topic: '01.01.02' }
  const editedText = 'Shaxsiy kabinetdagi arizamni tasdiqlashda yordam berishingizni soʻrayman.'
  return {
    version: 4,
    editedText,
    editorName: by.byName,
    moves: [
      ...(registered ? [registered] : []),
      { place: 2, action: 'classify', from: 'registered', to: 'classified', at: now - 3_000, details, ...by },
      { place: 3, action: 'edit', from: 'classified', to: 'editing', at: now - 2_000, details: {}, ...by },
      {
        place: 4,
        action: 'write',
        from: 'editing',
        to: 'editing',
        at: now - 1_000,
        details: { text: editedText },
        ...by,
      },
    ],
  }
}
