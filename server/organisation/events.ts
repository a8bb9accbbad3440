/** What happened to what the organisation says of itself: recorded in the transaction of the change. */
import type { StaffId } from '#core/lib/ids.ts'
import type { OrganisationForm } from '#core/organisation/organisation.ts'

export type OrganisationEvent = { type: 'organisationChanged'; by: StaffId; form: OrganisationForm }
