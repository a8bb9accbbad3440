import { ActionIcon } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { PromptRow } from '#contract/flows.ts'
import { promptAudioAddress } from '../../api.ts'
import { t } from '../../i18n.ts'
import { createStore, useStore } from '../../store.ts'

/** One prompt is heard at a time. */
const playing = createStore<HTMLAudioElement | undefined>(undefined)

export function PlayButton({ prompt }: { prompt: PromptRow }) {
  const [mine, setMine] = useState<HTMLAudioElement>()
  const isPlaying = useStore(playing) === mine && mine !== undefined
  useEffect(() => () => mine?.pause(), [mine])

  function toggle(): void {
    playing.get()?.pause()
    playing.set(undefined)
    if (isPlaying) return
    const sound = new Audio(promptAudioAddress(prompt))
    const finished = () => playing.get() === sound && playing.set(undefined)
    sound.addEventListener('ended', finished)
    sound.addEventListener('error', finished)
    setMine(sound)
    playing.set(sound)
    void sound.play().catch(finished)
  }

  return (
    <ActionIcon
      size="sm"
      variant="default"
      aria-label={
        isPlaying ? t('Stop: {{text}}', { text: prompt.text }) : t('Play: {{text}}', { text: prompt.text })
      }
      onClick={toggle}
    >
      {isPlaying ? <IconPlayerStop size={14} /> : <IconPlayerPlay size={14} />}
    </ActionIcon>
  )
}
