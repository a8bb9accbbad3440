/** What the agent can do at the desk; a refusal is said aloud. */
import { type DeskCommand, useDeskCommand } from '../../desk-api.ts'
import { showProblem } from '../../notify.ts'

/** Settles when the keys pressed so far have been sent. */
let keysSent = Promise.resolve()

export function useDeskActions() {
  const { mutateAsync, isPending, variables } = useDeskCommand()

  return {
    /** What is being done now, for its button. */
    doing: isPending ? variables.do : undefined,

    send(command: DeskCommand, then?: () => void): void {
      // Keys typed quickly are all meant, and in their order.
      if (command.do === 'sendDigits') {
        keysSent = keysSent.then(() => mutateAsync(command)).then(then, showProblem)
        return
      }
      // A second press while the first is under way asks for nothing new.
      if (isPending && variables.do === command.do) return
      // The live stream may take the button away before the answer is here; what follows is done all the same.
      void mutateAsync(command).then(then, showProblem)
    },

    /** The line goes when the desk says that the shift is over: after the call, if there is one. */
    leaveShift(): void {
      void mutateAsync({ do: 'signOff' }).catch(showProblem)
    },
  }
}
