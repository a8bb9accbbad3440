/** The timed work of files, for graphile-worker. */
import type { TaskList } from 'graphile-worker'
import type { Logger } from 'pino'
import type { FileService } from './service.ts'

export function fileJobs(files: FileService, log: Logger): TaskList {
  return {
    sweepFiles: async () => {
      const swept = await files.sweep()
      if (swept > 0) log.info({ swept }, 'files that nothing names were taken away')
    },
  }
}

/** As graphile-worker reads it. */
export const FILE_CRONTAB = '41 3 * * * sweepFiles'
