import { ActionIcon } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import type { PromptRow } from '#contract/flows.ts'
import type { Say } from '#core/ivr/spoken.ts'
import { promptAudioAddress, usePrompts } from '../../api.ts'
import { useSpeak } from '../../flow-api.ts'
import { t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { showProblem } from '../../notify.ts'
import { useSound } from './sound-player.ts'

export function PlayButton({ prompt }: { prompt: PromptRow }) {
  const { isPlaying, play, stop } = useSound()
  return (
    <Play
      text={prompt.text}
      isPlaying={isPlaying}
      press={() => (isPlaying ? stop() : play([promptAudioAddress(prompt)]))}
    />
  )
}

/** Plays the very sound that callers hear or would hear; a text without one is spoken first. */
export function SayButton({ say }: { say: readonly Say[] }) {
  const { isPlaying, play, stop } = useSound()
  const prompts = usePrompts().data
  const speak = useSpeak()
  const mayHear = useMay('changePrompts')
  const spoken = say.filter(({ text }) => text.trim() !== '')
  if (!mayHear || spoken.length === 0) return null

  async function press(): Promise<void> {
    if (isPlaying) return stop()
    const rows: PromptRow[] = []
    for (const one of spoken) rows.push(promptOf(prompts, one) ?? (await speak.mutateAsync({ ...one })))
    play(rows.map(promptAudioAddress))
  }

  return (
    <Play
      text={spoken.map(({ text }) => text).join(' ')}
      isPlaying={isPlaying}
      isBusy={speak.isPending}
      press={() => void press().catch(showProblem)}
    />
  )
}

export function promptOf(prompts: readonly PromptRow[] | undefined, { language, text }: Say) {
  return prompts?.find((one) => one.language === language && one.text === text)
}

/** Beyond this a name is no help to whoever has it read out. */
const NAMED_MAX_CHARACTERS = 120

function Play(props: { text: string; isPlaying: boolean; isBusy?: boolean; press: () => void }) {
  const { isBusy = false, isPlaying, press } = props
  const text = props.text.slice(0, NAMED_MAX_CHARACTERS)
  return (
    <ActionIcon
      size="sm"
      variant="default"
      loading={isBusy}
      aria-label={isPlaying ? t('Stop: {{text}}', { text }) : t('Play: {{text}}', { text })}
      onClick={press}
    >
      {isPlaying ? <IconPlayerStop size={14} /> : <IconPlayerPlay size={14} />}
    </ActionIcon>
  )
}
