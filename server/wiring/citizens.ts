/** What citizens do and what is made of their papers: for the pages, and for timed work. */
import type { AppealId } from '#core/lib/ids.ts'
import { enqueueDispatch } from '../appeals/jobs.ts'
import { appealService, type Moved } from '../appeals/service.ts'
import { warning } from '../appeals/warning.ts'
import { attachmentService } from '../attachments/service.ts'
import { smsSender } from '../carriers/sms-sender.ts'
import { documentService } from '../documents/service.ts'
import { eimzoVerifier } from '../eimzo/eimzo-verifier.ts'
import { itemService } from '../knowledge/items.ts'
import { SMS_REPORTS } from '../messages/routes.ts'
import { messageService, smsSettings } from '../messages/service.ts'
import { oneIdSettings } from '../oneid/settings.ts'
import { citizensTold, keyed, portalService, PORTAL_SETTINGS } from '../portal/service.ts'
import { addresses, publicAddress } from '../../portal/addresses.ts'
import { clamd } from '../scanner/clamd.ts'
import { signatureService } from '../signatures/service.ts'
import type { Memory } from './memory.ts'

type Seeing = Pick<Parameters<typeof attachmentService>[0], 'mustSee' | 'changed'>

/** What is attached to appeals, and what is made of them. */
export function openPapers({ config, db, files, log }: Memory, seeing: Seeing) {
  const attachments = attachmentService({
    db,
    log,
    files,
    ...seeing,
    secret: config.secrets.cookieSecret,
    filesOrigin: config.filesOrigin,
    virusScan: config.clamd === undefined ? undefined : clamd(config.clamd),
  })
  const documents = documentService({
    db,
    log,
    files,
    ...seeing,
    attachmentsOf: attachments.kept,
    portalAddress: async () => (await PORTAL_SETTINGS.read(db)).address,
  })
  return { attachments, documents }
}

/** What citizens do themselves, with the appeals it moves and the messages that tell them. */
export function openPortal(memory: Memory, changed?: (appeal: AppealId) => void) {
  const { config, db, knowledge, log, readyMessages, recordings } = memory
  const keys = keyed(config.secrets.cookieSecret)
  const sender = () => smsSender(db)
  const messages = messageService({
    db,
    log,
    sender,
    followCode: keys.writtenFollowCode,
    address: async () => (await PORTAL_SETTINGS.read(db)).address || undefined,
    told: (told) => appeals.citizenTold(told),
    callMessageMoved: readyMessages.moved,
  })
  const told = changed && { changed }
  const telephoneNamed = messages.tellOfTelephone
  const signatures = signatureService({
    db,
    log,
    mustSee: (id, by) => appeals.card(id, by),
    verifier: ({ server }) => (server === '' ? undefined : eimzoVerifier(server)),
    ...told,
  })
  const moved: Moved = async (trx, steps) => {
    await signatures.moved(trx, steps)
    await citizensTold(trx, steps, { messages, attach: papers.attachments.attach })
  }
  const appeals = appealService({ db, log, dispatched: enqueueDispatch, moved, telephoneNamed, ...told })
  const papers = openPapers(memory, { mustSee: appeals.card, ...told })
  const items = itemService({ db, log, unknownTopics: knowledge.unknownTopics })
  const publicly = async (page: string) => publicAddress((await PORTAL_SETTINGS.read(db)).address, page)
  const oneId = oneIdSettings({ db, log, comesBackTo: () => publicly(addresses.oneIdBack) })
  const sms = smsSettings({ db, log, sender, reportsTo: () => publicly(`/api${SMS_REPORTS}`) })
  const portal = portalService({
    db,
    log,
    keys,
    appeals,
    items,
    messages,
    recordings,
    identityProvider: oneId.provider,
    ...papers,
  })
  return { appeals, changed, items, messages, oneId, portal, signatures, sms, ...papers }
}

export function warningsOf({ alarms, db, log }: Pick<Memory, 'alarms' | 'db' | 'log'>) {
  return warning({ db, log, raiseAlarm: alarms.raise })
}
