/** Everything citizens can do themselves, and what an administrator sets for them. */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { PortalSettings, SavePortalSettings, ShownPortalSettings } from '#contract/portal.ts'
import type { StaffId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { type KnowledgeContent, writtenIn } from '#core/knowledge/knowledge-content.ts'
import type { WrittenLanguage } from '#core/text/uzbek-dates.ts'
import { toCyrillic } from '#core/text/uzbek-script.ts'
import type { FoundAnswer } from '../../portal/pages/faq.ts'
import type { AppealService } from '../appeals/service.ts'
import type { AttachmentService } from '../attachments/service.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import type { MessageService } from '../messages/service.ts'
import { theOrganisation } from '../organisation/service.ts'
import type { RecordingService } from '../recordings/service.ts'
import { cabinet } from './cabinet.ts'
import { phoneCodes } from './codes.ts'
import type { PortalEvent } from './events.ts'
import { citizensTold, filings } from './filing.ts'
import { type Keyed, keyed } from './keyed.ts'
import { ownAppeals } from './own-appeals.ts'
import { personSignIn } from './person-sign-in.ts'
import type { IdentityProvider } from './ports.ts'
import { recordingRequests } from './recording-requests.ts'
import { PORTAL_SETTINGS } from './settings.ts'

export { citizensTold, keyed, PORTAL_SETTINGS }

export type PortalDeps = {
  db: Kysely<Database>
  log: Logger
  keys: Keyed
  appeals: Pick<AppealService, 'registerOfCitizen' | 'moveOfCitizen'>
  messages: MessageService
  recordings: Pick<RecordingService, 'openForCitizen'>
  attachments: Pick<AttachmentService, 'receive' | 'kept' | 'ticketFor' | 'fetch'>
  /** Whoever knows persons; none while nobody has set one up. */
  identityProvider(): Promise<IdentityProvider | undefined>
  /** Questions and answers, found by the same search as at the desks. */
  items: { answersForCitizens(search: string): Promise<KnowledgeContent[]> }
  now?: () => Instant
}

export type PortalService = ReturnType<typeof portalService>

export function portalService(deps: PortalDeps) {
  const { db, identityProvider, items, keys, log } = deps
  const now = deps.now ?? Date.now
  const codes = phoneCodes({ db, log, messages: deps.messages, keys, now })
  const ofCitizen = cabinet({ db, log, codes, keys, identityProvider, recordings: deps.recordings, now })
  const address = async () => (await PORTAL_SETTINGS.read(db)).address
  return {
    keys,
    codes,
    filings: filings({ ...deps, codes, now }),
    own: ownAppeals({ ...deps, now }),
    /** What a ticket opens. */
    file: deps.attachments.fetch,
    requests: recordingRequests({ db, log, now }),
    cabinet: ofCitizen,
    persons: personSignIn({ log, keys, cabinet: ofCitizen, identityProvider, address, now }),

    async answers(search: string, language: WrittenLanguage): Promise<FoundAnswer[]> {
      const wanted = language === 'uz-Cyrl' ? 'uz' : language
      return (await items.answersForCitizens(search)).flatMap((content) => writtenIn(content, wanted) ?? [])
    },

    surroundings: surroundingsOf(db),

    settings: () => shownSettings(db),

    async changeSettings({ basedOn, form }: SavePortalSettings, by: StaffId): Promise<ShownPortalSettings> {
      await db.transaction().execute(async (trx) => {
        await PORTAL_SETTINGS.change(trx, { basedOn, value: form, by })
        await record<PortalEvent>(trx, { type: 'portalSettingsChanged', by })
      })
      log.info({ staff: by }, 'portal settings changed')
      return await shownSettings(db)
    },
  }
}

/** What every page says; while the database is away what it said last, so that citizens read whom to call. */
function surroundingsOf(db: Kysely<Database>) {
  const read = () => Promise.all([theOrganisation(db), PORTAL_SETTINGS.read(db)])
  let known: Awaited<ReturnType<typeof read>> | undefined

  async function readOrKnown() {
    try {
      return (known = await read())
    } catch (error) {
      if (!known) throw error
      return known
    }
  }

  return async (language: WrittenLanguage) => {
    const [{ names, address, hours, phones, shortNumber }, { announcement }] = await readOrKnown()
    const reached = { address, hours, phones, shortNumber }
    return { organisation: names, ...reached, banner: announcementIn(announcement, language) }
  }
}

async function shownSettings(db: Kysely<Database>): Promise<ShownPortalSettings> {
  const { changedAt, value } = await PORTAL_SETTINGS.readKept(db)
  return { changedAt, form: value }
}

/** In another language if there is none in this one: what is wrong everybody must know. */
function announcementIn(
  { uz, ru, en }: PortalSettings['announcement'],
  language: WrittenLanguage,
): string | undefined {
  const written = { uz, ru, en, 'uz-Cyrl': toCyrillic(uz) }
  return [written[language], uz, ru, en].find((text) => text !== '')
}
