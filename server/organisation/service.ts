/**
 * What the organisation is called, how it is reached, and what its numbers begin with. One organisation per running copy.
 * Everybody asks for it when he needs it, so a change holds at once.
 */
import type { Kysely, Transaction } from 'kysely'
import type { Logger } from 'pino'
import { z } from 'zod'
import { OrganisationForm, type OrganisationSettings, type SaveOrganisation } from '#contract/organisation.ts'
import { checkOrganisation } from '#core/organisation/organisation.ts'
import type { StaffId } from '#core/lib/ids.ts'
import { asPlainText } from '#core/text/hostile-text.ts'
import { parsePhoneNumber } from '#core/text/phone-number.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { settingWithoutFirst } from '../database/settings.ts'
import { SettingsHaveProblems } from '../errors.ts'
import type { OrganisationEvent } from './events.ts'

const NOTHING = { uz: '', ru: '' }
/** Longer than a text may be, so that a long one is refused and not cut. */
const CLEANED_CHARACTERS = 1_000

const Organisation = OrganisationForm.extend({
  /** A short word that stays when the name changes; part of the key of each appeal. */
  code: z.string(),
  // An organisation from before there was a page for it says nothing of these.
  phones: OrganisationForm.shape.phones.default([]),
  address: OrganisationForm.shape.address.default(NOTHING),
  hours: OrganisationForm.shape.hours.default(NOTHING),
})
export type Organisation = z.infer<typeof Organisation>
type FirstOrganisation = z.input<typeof Organisation>

const ORGANISATION = settingWithoutFirst<Organisation>('organisation', Organisation)

export async function readOrganisation(db: Kysely<Database>): Promise<Organisation | undefined> {
  return await ORGANISATION.read(db)
}

/** The organisation of a copy that has been set up. */
export async function theOrganisation(db: Kysely<Database>): Promise<Organisation> {
  const organisation = await readOrganisation(db)
  if (!organisation) throw new Error('The organisation has not been set up')
  return organisation
}

/** Of a copy that begins. */
export async function writeOrganisation(
  trx: Transaction<Database>,
  organisation: FirstOrganisation,
): Promise<void> {
  await ORGANISATION.write(trx, Organisation.parse(organisation))
}

export type OrganisationService = ReturnType<typeof organisationService>

export function organisationService({ db, log }: { db: Kysely<Database>; log: Logger }) {
  async function kept() {
    const { changedAt, value } = await ORGANISATION.readKept(db)
    if (!value) throw new Error('The organisation has not been set up')
    return { changedAt, value }
  }

  return {
    async shown(): Promise<OrganisationSettings> {
      const { changedAt, value } = await kept()
      const { code: _code, ...form } = value
      return { changedAt, form }
    },

    /** Appeals that have a number keep it. */
    async save({ basedOn, form: sent }: SaveOrganisation, by: StaffId): Promise<OrganisationSettings> {
      const form = inOrder(sent)
      const problems = checkOrganisation(form)
      if (problems.length > 0) throw new SettingsHaveProblems(problems)
      const { code } = (await kept()).value
      const changedAt = await db.transaction().execute(async (trx) => {
        await record<OrganisationEvent>(trx, { type: 'organisationChanged', by, form })
        return await ORGANISATION.change(trx, { basedOn, value: { code, ...form }, by })
      })
      log.info({ by }, 'the organisation was changed')
      return { changedAt, form }
    },
  }
}

type Form = OrganisationSettings['form']

/** Without what no text may hold, and with telephones written in one way. */
function inOrder({ names, address, hours, phones, ...numbers }: Form): Form {
  const { cyrillic, en } = names
  return {
    ...numbers,
    names: { ...plain(names), ...(cyrillic && { cyrillic: line(cyrillic) }), ...(en && { en: line(en) }) },
    address: plain(address),
    hours: plain(hours),
    phones: phones.map((phone) => parsePhoneNumber(phone).e164 ?? phone),
  }
}

const line = (text: string) => asPlainText(text, CLEANED_CHARACTERS).text.trim()
const plain = ({ uz, ru }: Form['address']) => ({ uz: line(uz), ru: line(ru) })
