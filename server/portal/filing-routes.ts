/** The pages on which an appeal is filed, and the one where it is followed by number and code. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { ATTACHMENT_PROBLEMS } from '#core/attachments/attachment-problems.ts'
import { CONFIDENTIAL, type FilingForm, readFiling } from '#core/portal/filing.ts'
import { personOf } from '#core/portal/proven-identity.ts'
import type { AttachmentId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { timeOfDay } from '#core/text/uzbek-dates.ts'
import { addresses } from '../../portal/addresses.ts'
import { statusFormPage, statusPage } from '../../portal/pages/appeal.ts'
import {
  codePage,
  codeProblemText,
  filedPage,
  filingPage,
  type Filling,
  readyPage,
} from '../../portal/pages/filing.ts'
import { fileProblemText } from '../../portal/pages/files.ts'
import { textsIn } from '../../portal/texts.ts'
import type { View } from '../../portal/view.ts'
import { Refusal } from '../errors.ts'
import type { Answer, Desk } from './desk.ts'
import type { Saved } from './filing.ts'
import type { Proof } from './own-appeals.ts'
import type { PortalService } from './service.ts'
import { fellIntoTrap, type Fields, type Visit } from './visit.ts'

const EMPTY: FilingForm = { kind: '', name: '', phone: '', text: '', confidential: '' }

export function filingRoutes(desk: Desk, portal: PortalService): void {
  const { filings, persons } = portal

  const filling = async ({ identity, view }: Visit, shown: Omit<Filling, 'by'>): Promise<Answer> => {
    const by = personOf(identity) ?? ((await persons.isOffered()) ? 'phoneOrOneId' : 'phone')
    return filingPage(view, { ...shown, by })
  }

  desk.page('/appeal', async (visit) => {
    const key = keyIn(visit.asked)
    if (key === undefined) return await filling(visit, { key: randomUUID(), values: EMPTY })
    const { form } = await filings.look(formOf(visit, key))
    if (form.appeal) return { to: addresses.filed(key) }
    const values = {
      kind: form.kind,
      name: form.name ?? '',
      phone: form.e164 ?? '',
      text: form.text ?? '',
      confidential: form.is_confidential ? CONFIDENTIAL : '',
    }
    return await filling(visit, { key, values })
  })

  desk.form('/appeal', ['code'], async (visit) => {
    const { fields, identity, view, visitor } = visit
    if (fellIntoTrap(visit)) return { to: addresses.home }
    const key = keyIn(fields) ?? randomUUID()
    const values = formIn(fields)
    const read = readFiling(values, personOf(identity))
    if ('problems' in read) return await filling(visit, { key, values, problems: read.problems })
    const saved = await filings.save({ key, visitor, language: view.language, filing: read.filing })
    return wayOn(saved, key) ?? (await filling(visit, { key, values, complaint: tooManyCodes(view, saved) }))
  })

  confirmRoutes(desk, portal)
}

/** From what was filled in to the number: a code, or that nothing more is needed. */
function confirmRoutes(desk: Desk, { filings }: PortalService): void {
  const confirmPage = async (visit: Visit, key: string, complaint?: string): Promise<Answer> => {
    const { form, files, isProven, way } = await filings.look(formOf(visit, key))
    if (isProven) return { to: addresses.filed(key) }
    if (form.e164 === null) return readyPage(visit.view, { key, files, complaint })
    return codePage(visit.view, {
      files,
      e164: form.e164,
      way,
      to: '/portal/appeal/confirm',
      again: '/portal/appeal/again',
      hidden: ['form', key],
      back: addresses.change(key),
      complaint,
    })
  }

  desk.page('/appeal/confirm', async (visit) => {
    const named = visit.asked['problem']
    const problem = codeProblemText(visit.view, named) ?? fileProblemText(visit.view, named)
    return await confirmPage(visit, mustHaveKey(visit.asked), problem)
  })

  desk.form('/appeal/confirm', ['guess'], async (visit) => {
    const key = mustHaveKey(visit.fields)
    const problem = await filings.confirm(formOf(visit, key), visit.fields['code'] ?? '')
    // By an address of its own, so that the way back leads through no form that would be sent again.
    return { to: problem === undefined ? addresses.filed(key) : addresses.confirm(key, problem) }
  })

  desk.form('/appeal/again', ['code'], async (visit) => {
    const key = mustHaveKey(visit.fields)
    const saved = await filings.again(formOf(visit, key), visit.view.language)
    return (
      wayOn(saved, key) ??
      (await confirmPage(inPlace(visit, addresses.confirm(key)), key, tooManyCodes(visit.view, saved)))
    )
  })

  desk.page('/appeal/filed', async (visit) => {
    const key = mustHaveKey(visit.asked)
    const own = formOf(visit, key)
    const { form, isProven } = await filings.look(own)
    if (!isProven) return { to: addresses.confirm(key) }
    return filedPage(visit.view, { ...(await filings.filed(own)), isSent: form.e164 !== null })
  })
}

/** Which form, and who asks for it. */
function formOf({ identity, visitor }: Pick<Visit, 'identity' | 'visitor'>, key: string) {
  return { key, visitor, pinfl: personOf(identity)?.pinfl ?? null }
}

function formIn(fields: Fields): FilingForm {
  const { confidential = '', kind = '', name = '', phone = '', text = '' } = fields
  return { confidential, kind, name, phone, text }
}

/** What is sent with the form, until it is proven who files. */
export function formFileRoutes(desk: Desk, { filings }: PortalService): void {
  desk.upload('/appeal/files', async (visit, file) => {
    const key = mustHaveKey(visit.fields)
    // A browser in which nothing was chosen sends a file without a name.
    if (file.name === '') return { to: addresses.confirm(key, 'fileNameMissing') }
    try {
      await filings.addFile(formOf(visit, key), file)
    } catch (error) {
      const problem = ATTACHMENT_PROBLEMS.find((one) => error instanceof Refusal && error.code === one)
      if (problem === undefined) throw error
      return { to: addresses.confirm(key, problem) }
    }
    return { to: addresses.confirm(key) }
  })

  desk.form('/appeal/files/remove', [], async (visit) => {
    const key = mustHaveKey(visit.fields)
    const file = Key.safeParse(visit.fields['file'])
    if (!file.success) throw new Refusal('notFound', 'No file is named')
    await filings.removeFile(formOf(visit, key), file.data)
    return { to: addresses.confirm(key) }
  })
}

/** An appeal followed by its number and code. */
export function statusRoutes(desk: Desk, { own }: PortalService): void {
  desk.page('/status', async ({ view, asked }) => statusFormPage(view, { number: asked['number'] ?? '' }))

  desk.form('/status', ['guess'], async ({ view, fields }) => {
    const number = fields['number'] ?? ''
    const appeal = await own.byCode(number, fields['code'] ?? '')
    if (appeal) return statusPage(view, appeal, fields['code'] ?? '')
    const complaint = textsIn(view.language)(
      'Number and code do not fit together. Look at the message again.',
    )
    return statusFormPage(view, { number, complaint })
  })

  desk.form('/status/file', ['guess'], async ({ fields }) => {
    const proof = { number: fields['number'] ?? '', code: fields['code'] ?? '' }
    return await fileGiven(own, proof, fields)
  })
}

/** By an address of its own, which a browser may ask for twice. */
export async function fileGiven(
  own: PortalService['own'],
  proof: Proof,
  fields: Fields,
): Promise<{ to: string }> {
  const file = Key.safeParse(fields['file'])
  if (!file.success) throw new Refusal('notFound', 'No file is named')
  return { to: addresses.handedOut(file.data, await own.openReplyFile(proof, file.data as AttachmentId)) }
}

function wayOn(saved: Saved, key: string): Answer | undefined {
  if (saved === 'filed') return { to: addresses.filed(key) }
  return saved === 'confirm' ? { to: addresses.confirm(key) } : undefined
}

/** Nothing unless that is what stands against it. */
function tooManyCodes(view: View, saved: Saved): string | undefined {
  return typeof saved === 'string' ? undefined : tooManyCodesText(view, saved.nextAt)
}

export function tooManyCodesText(view: View, nextAt: Instant): string {
  return textsIn(view.language)(
    'Three codes were sent to this number within an hour. The next one can be sent at {time}; until then call {number}.',
    // The minute after, so that it is true when it is tried.
    { time: timeOfDay(nextAt + 60_000), number: view.shortNumber },
  )
}

function inPlace(visit: Visit, path: string): Visit {
  return { ...visit, view: { ...visit.view, path } }
}

const Key = z.uuid()

function keyIn(fields: Fields): string | undefined {
  const read = Key.safeParse(fields['form'] ?? fields['key'])
  return read.success ? read.data : undefined
}

function mustHaveKey(fields: Fields): string {
  const key = keyIn(fields)
  if (key === undefined) throw new Refusal('notFound', 'No form is named')
  return key
}
