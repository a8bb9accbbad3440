/** The console's own look on top of Mantine: calm, one accent colour, readable contrast (WCAG AA) in light and dark. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/** A deep river blue. White on shade 8 has a contrast of 5.1. */
const RIVER: MantineColorsTuple = [
  '#eef6f9',
  '#d9eaf0',
  '#b0d5e2',
  '#84bed3',
  '#60abc7',
  '#499fc0',
  '#3a98bd',
  '#2a84a7',
  '#1c7696',
  '#125f7b',
]

const FONT = "'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', system-ui, sans-serif"

/** For what begins and what ends a call; white on both is readable. */
export const ACCEPT_COLOUR = '#1b7a3d'
export const END_COLOUR = '#b02525'

export const theme = createTheme({
  primaryColor: 'river',
  primaryShade: 8,
  colors: { river: RIVER },
  fontFamily: FONT,
  headings: { fontFamily: FONT, fontWeight: '600' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    // A transition on a page that changes with every call is only waiting.
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
  },
})

/** Mantine's own greys and reds for small text fall short of 4.5 : 1. */
export const colours: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f6f8f9',
    '--mantine-color-text': '#1b2126',
    '--mantine-color-dimmed': '#55606b',
    '--mantine-color-placeholder': '#65707b',
    '--mantine-color-error': '#b02525',
    '--mantine-color-anchor': '#125f7b',
    '--javob-surface': '#ffffff',
    '--javob-line': '#dbe2e6',
    '--javob-good': '#1b7a3d',
    '--javob-warn': '#8a5a00',
    '--javob-bad': '#b02525',
    '--javob-citizen': '#1c7696',
    '--javob-agent': '#8a5a00',
  },
  dark: {
    '--mantine-color-body': '#15191c',
    '--mantine-color-text': '#d9dfe3',
    '--mantine-color-dimmed': '#a3aeb7',
    '--mantine-color-placeholder': '#93a0aa',
    '--mantine-color-error': '#ff8f8f',
    '--mantine-color-anchor': '#84bed3',
    '--javob-surface': '#1e2428',
    '--javob-line': '#353e44',
    '--javob-good': '#69cf8d',
    '--javob-warn': '#f0b95a',
    '--javob-bad': '#ff8f8f',
    '--javob-citizen': '#60abc7',
    '--javob-agent': '#f0b95a',
  },
})
