/** The timed work of the portal, for graphile-worker. */
import type { TaskList } from 'graphile-worker'
import { z } from 'zod'
import type { PortalService } from './service.ts'

const Payload = z.object({ form: z.uuid() })

export function portalJobs({ cabinet, filings }: PortalService): TaskList {
  return {
    /** For whoever has proven who he is and did not wait, or whose server died. */
    registerFiling: async (payload: unknown) => void (await filings.finish(Payload.parse(payload).form)),
    forgetAbandonedForms: async () => {
      await filings.forgetAbandoned()
      await cabinet.forgetOldSignIns()
    },
  }
}

/** As graphile-worker reads it. */
export const PORTAL_CRONTAB = '43 * * * * forgetAbandonedForms'
