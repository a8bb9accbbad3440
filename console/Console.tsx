import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { useMe } from './api.ts'
import { Asked } from './Asked.tsx'
import { chooseLanguage, chosenLanguage } from './i18n.ts'
import { SignInPage } from './pages/staff/SignInPage.tsx'
import { RequestProblem } from './request.ts'
import { stopLine } from './softphone/my-line.ts'
import { useStore } from './store.ts'
import { colours, theme } from './theme.ts'

const SignedIn = lazy(() => import('./SignedIn.tsx').then((module) => ({ default: module.SignedIn })))

const ChoosePasswordPage = lazy(() =>
  import('./pages/staff/ChoosePasswordPage.tsx').then((module) => ({ default: module.ChoosePasswordPage })),
)

/** How often a question is asked again by itself before the page says it failed. */
const QUESTION_RETRIES = 2
/** What is fresher than this is not asked for again when a page is opened. */
const FRESH_MS = 5_000
/** What no page shows any more, and what was sent, is kept for so long, for whoever goes back; a shift is long, and calls are many. */
const FORGOTTEN_AFTER_MS = 120_000

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      gcTime: FORGOTTEN_AFTER_MS,
      refetchOnWindowFocus: false,
      // The live stream heals what was missed; `navigator.onLine` is wrong too often to wait for it.
      networkMode: 'always',
      retry: (failures, error) =>
        failures < QUESTION_RETRIES && error instanceof RequestProblem && error.code === 'unreachable',
    },
    mutations: { networkMode: 'always', gcTime: FORGOTTEN_AFTER_MS },
  },
})

/** Everything from the top. A change of language draws it all anew. */
export function Console() {
  const language = useStore(chosenLanguage)
  return (
    <MantineProvider theme={theme} cssVariablesResolver={colours} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <WhoIsThere key={language} />
      </QueryClientProvider>
    </MantineProvider>
  )
}

function WhoIsThere() {
  const me = useMe()
  const isNobody = me.data === null
  const wanted = me.data?.interfaceLanguage
  useEffect(() => {
    if (isNobody) void stopLine()
  }, [isNobody])
  useEffect(() => {
    if (wanted) void chooseLanguage(wanted)
  }, [wanted])
  return (
    <Asked query={me}>
      {(who) =>
        who ? (
          <Suspense>{who.hasOneTimePassword ? <ChoosePasswordPage /> : <SignedIn me={who} />}</Suspense>
        ) : (
          <SignInPage />
        )
      }
    </Asked>
  )
}
