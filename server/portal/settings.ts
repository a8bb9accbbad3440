/** What an organisation says of its portal. Until somebody does, there is no announcement and no name is shown. */
import { PortalSettings } from '#contract/portal.ts'
import { setting } from '../database/settings.ts'

export const PORTAL_SETTINGS = setting<PortalSettings>('portal', PortalSettings, PortalSettings.parse({}))
