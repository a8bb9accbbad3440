import { notifications } from '@mantine/notifications'
import { problemText } from './problem-text.ts'

export function showProblem(error: unknown): void {
  notifications.show({ color: 'red', message: problemText(error), withBorder: true, role: 'alert' })
}
