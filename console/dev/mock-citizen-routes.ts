/** What can be done to citizens of the make-believe server: the same rules of cards, in memory. */
import { randomUUID } from 'node:crypto'
import {
  AddCitizen,
  AddContact,
  AddNumber,
  type CardForm,
  ChangeCitizen,
  CitizenCard,
  CitizenRow,
  JudgeNumber,
  MergeCitizens,
  OpenDocument,
  SplitCitizens,
} from '#contract/citizens.ts'
import type { Me } from '#contract/staff.ts'
import { isMinor, namesOf, readCard } from '#core/citizens/citizen-card.ts'
import { maskPassport } from '#core/citizens/documents.ts'
import { mergeCards, splitCards, whyNotMerge } from '#core/citizens/merge-cards.ts'
import { NUMBER_MOVES } from '#core/citizens/number-standing.ts'
import { maskPinfl } from '#core/citizens/pinfl.ts'
import { changedFields } from '#core/citizens/reconcile.ts'
import { tashkentDay } from '#core/lib/time.ts'
import { displayNumber, parsePhoneNumber } from '#core/text/phone-number.ts'
import { searchKey } from '#core/text/search-key.ts'
import { mockCitizens, type StoredCitizen } from './mock-citizens.ts'
import { madeId } from './mock-data.ts'
import { Refused } from './mock-refused.ts'
import type { MockWorld } from './mock-world.ts'

type Known = { world: MockWorld; me: Me; path: string[]; query: URLSearchParams; body: unknown }

export const CITIZENS: Record<string, (asked: Known) => unknown> = {
  'GET /citizens': ({ world, query }) => {
    const words = searchKey(query.get('search') ?? '').split(' ')
    const found = [...world.citizens.values()].filter(({ fields, mergedInto, numbers }) => {
      const key = searchKey(`${fields.name} ${fields.pinfl} ${numbers.map((one) => one.number).join(' ')}`)
      return mergedInto === null && words.every((word) => key.includes(word))
    })
    return CitizenRow.array().parse(found.map((one) => rowOf(world, one)))
  },
  'POST /citizens': ({ world, me, body }) => {
    const { fields, number } = AddCitizen.parse(body)
    const made = {
      ...mockCitizens(Date.now()).get(madeId(4, 2)),
      id: randomUUID(),
      numbers: [],
      contacts: [],
    } as unknown as StoredCitizen
    world.citizens.set(made.id, { ...made, fields: read(fields), changedByName: me.name })
    if (number) addNumber(found(world, made.id), number)
    return cardOf(world, made.id)
  },
  'GET /citizens/:id': ({ world, path }) => cardOf(world, path[1]),
  'PUT /citizens/:id': ({ world, me, path, body }) => {
    const { basedOn, fields } = ChangeCitizen.parse(body)
    if (found(world, path[1]).version !== basedOn) throw new Refused('changedMeanwhile')
    return changeCitizen(world, { id: path[1], fields, by: me.name })
  },
  'POST /citizens/:id/open-document': ({ world, me, path, body }) => {
    const { document } = OpenDocument.parse(body)
    const card = found(world, path[1])
    happened(card, 'citizenDocumentOpened', me.name, { document })
    told(world, card.id)
    return { value: card.fields[document] }
  },
  'POST /citizens/:id/numbers': ({ world, path, body }) => {
    addNumber(found(world, path[1]), AddNumber.parse(body).number)
    return cardOf(world, path[1])
  },
  'POST /citizens/:id/numbers/judge': ({ world, path, body }) => {
    const { number, action } = JudgeNumber.parse(body)
    const known = found(world, path[1]).numbers.find((one) => one.number === number)
    const to = known && NUMBER_MOVES[known.standing][action]
    if (!known || !to) throw new Refused('wrongStatus')
    known.standing = to
    return cardOf(world, path[1])
  },
  'POST /citizens/:id/contacts': ({ world, me, path, body }) => {
    const { person, role } = AddContact.parse(body)
    const card = found(world, path[1])
    if (card.contacts.some((one) => one.person === person)) throw new Refused('onlyOnce')
    card.contacts.push({ person: found(world, person).id, role })
    happened(card, 'citizenContactAdded', me.name)
    return cardOf(world, path[1])
  },
  'DELETE /citizens/:id/contacts/:person': ({ world, me, path }) => {
    const card = found(world, path[1])
    card.contacts = card.contacts.filter(({ person }) => person !== path[3])
    happened(card, 'citizenContactEnded', me.name)
    return cardOf(world, path[1])
  },
  'POST /citizens/:id/merge': ({ world, me, path, body }) => {
    const [kept, other] = [found(world, path[1]), found(world, MergeCitizens.parse(body).other)]
    const asked = [kept, other].map((one) => ({ ...one, status: statusOf(one) })) as [Judged, Judged]
    if (whyNotMerge(...asked)) throw new Refused('cannotMerge')
    const { fields, filled } = mergeCards(kept.fields, other.fields)
    Object.assign(other, { mergedInto: kept.id, filled })
    Object.assign(kept, { fields, version: kept.version + 1 })
    happened(kept, 'citizensMerged', me.name)
    return cardOf(world, kept.id)
  },
  'POST /citizens/:id/split': ({ world, me, path, body }) => {
    const [kept, other] = [found(world, path[1]), found(world, SplitCitizens.parse(body).other)]
    if (other.mergedInto !== kept.id) throw new Refused('wrongStatus')
    const { fields } = splitCards(kept.fields, other.fields, other.filled)
    Object.assign(other, { mergedInto: null })
    Object.assign(kept, { fields, version: kept.version + 1 })
    happened(kept, 'citizensSplit', me.name)
    return cardOf(world, kept.id)
  },
}

type Judged = StoredCitizen & { status: CitizenCard['status'] }

/** As somebody saves it, whatever version he had seen. */
export function changeCitizen(
  world: MockWorld,
  { id, fields, by }: { id: string | undefined; fields: Partial<CardForm>; by: string },
): CitizenCard {
  const card = found(world, id)
  const before = card.fields
  const next = { ...before, ...fields }
  if (next.pinfl === maskPinfl(before.pinfl)) next.pinfl = before.pinfl
  if (next.passport === maskPassport(before.passport)) next.passport = before.passport
  Object.assign(card, {
    fields: read(next),
    version: card.version + 1,
    changedByName: by,
    changedAt: Date.now(),
  })
  happened(card, 'citizenChanged', by, { fields: changedFields(before, card.fields) })
  told(world, card.id)
  return cardOf(world, card.id)
}

function read(fields: CardForm): CardForm {
  const { card, faults } = readCard(fields, tashkentDay(Date.now()))
  if (faults.length > 0) throw new Refused('badInput')
  return card as CardForm
}

function addNumber(card: StoredCitizen, text: string): void {
  const { e164 } = parsePhoneNumber(text)
  if (!e164) throw new Refused('badInput')
  card.numbers.unshift({ number: displayNumber(e164), standing: 'claimed', seenAt: Date.now() })
}

function happened(
  card: StoredCitizen,
  type: string,
  actorName: string,
  detail: Record<string, unknown> = {},
): void {
  card.timeline.unshift({ at: Date.now(), type, actorName, detail })
}

function told(world: MockWorld, citizen: string): void {
  world.say({ type: 'citizenChanged', citizen }, ({ may }) => may.includes('seeCitizens'))
}

function found(world: MockWorld, id: string | undefined): StoredCitizen {
  const card = world.citizens.get(id ?? '')
  if (!card) throw new Refused('notFound')
  return card
}

const statusOf = ({ mergedInto }: StoredCitizen) => (mergedInto === null ? 'current' : 'merged')

function inIt(world: MockWorld, id: string): StoredCitizen[] {
  return [...world.citizens.values()].filter((one) => one.id === id || one.mergedInto === id)
}

function rowOf(world: MockWorld, { id, fields, numbers }: StoredCitizen): CitizenRow {
  const { latin, cyrillic } = namesOf(fields)
  const calls = world.calls.filter(({ citizen }) => citizen?.id === id).length
  const { kind, birthDay, region } = fields
  const counts = { calls, openAppeals: id === madeId(4, 1) ? 1 : 0 }
  const shown = numbers.map(({ number }) => number)
  return { id, kind, birthDay, region, name: latin, nameCyrillic: cyrillic, numbers: shown, ...counts }
}

function cardOf(world: MockWorld, id: string | undefined): CitizenCard {
  const { contacts, filled: _filled, mergedInto, ...card } = found(world, id)
  const cards = inIt(world, card.id)
  const into = mergedInto && found(world, mergedInto)
  const { pinfl, passport, name } = card.fields
  return CitizenCard.parse({
    ...card,
    status: into ? 'merged' : 'current',
    mergedInto: into ? { id: into.id, name: into.fields.name } : null,
    fields: { ...card.fields, pinfl: maskPinfl(pinfl), passport: maskPassport(passport) },
    names: namesOf(card.fields),
    isMinor: isMinor(card.fields, tashkentDay(Date.now())),
    consentAt: null,
    numbers: cards.flatMap(({ numbers }) => numbers),
    contacts: contacts.map(({ person, role }) => {
      const one = found(world, person)
      return { id: one.id, name: one.fields.name, role, numbers: one.numbers.map(({ number }) => number) }
    }),
    contactOf: [...world.citizens.values()].flatMap((one) =>
      one.contacts
        .filter(({ person }) => person === card.id)
        .map(({ role }) => ({ id: one.id, name: one.fields.name, role })),
    ),
    calls: world.calls
      .filter(({ citizen }) => cards.some((one) => one.id === citizen?.id))
      .map((call) => ({
        id: call.id,
        arrivedAt: call.arrivedAt,
        number: call.number,
        outcome: call.outcome,
        topic: call.topic,
        agentName: call.agentName,
      })),
    appeals: world.appeals.filter(({ citizenName }) => citizenName === name),
    merged: cards
      .filter((one) => one.id !== card.id)
      .map((one) => ({
        id: one.id,
        name: one.fields.name,
        mergedAt: Date.now(),
        mergedByName: 'Malika Yusupova',
      })),
    alike: [],
  })
}
