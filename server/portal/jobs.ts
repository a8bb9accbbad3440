/** The timed work of the portal, for graphile-worker. */
import type { TaskList } from 'graphile-worker'
import { z } from 'zod'
import type { PortalService } from './service.ts'

const Payload = z.object({ form: z.uuid() })

export function portalJobs({ filings }: PortalService): TaskList {
  return {
    /** For whoever proved his telephone and did not wait, or whose server died. */
    registerFiling: async (payload: unknown) => void (await filings.finish(Payload.parse(payload).form)),
    forgetAbandonedForms: async () => void (await filings.forgetAbandoned()),
  }
}

/** As graphile-worker reads it. */
export const PORTAL_CRONTAB = '43 * * * * forgetAbandonedForms'
