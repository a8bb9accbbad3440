import { FileButton, type FileButtonProps } from '@mantine/core'

/** A button that opens the choice of a file, also of the one that was chosen last: whoever has mended it chooses it again. */
export function FileChoice(props: Omit<FileButtonProps, 'inputProps'>) {
  return (
    <FileButton
      {...props}
      inputProps={{
        // A browser tells of no change where the same name is chosen.
        onClick: (event) => {
          event.currentTarget.value = ''
        },
      }}
    />
  )
}
