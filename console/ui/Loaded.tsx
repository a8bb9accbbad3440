import { Alert, Button, Loader } from '@mantine/core'
import type { ReactNode } from 'react'

type Asked<T> = { data: T | undefined; isError: boolean; error: unknown; refetch: () => unknown }

/** What was asked for; until then a quiet sign, and a way to ask again when it failed. */
export function Loaded<T>(props: {
  query: Asked<T>
  texts: { loading: string; again: string; problem: (error: unknown) => string }
  children: (data: T) => ReactNode
}) {
  const { query, texts } = props
  // What is there stays readable while it is asked for again.
  if (query.data !== undefined) return <>{props.children(query.data)}</>
  if (!query.isError) return <Loader aria-label={texts.loading} role="status" size="sm" m="md" />
  return (
    <Alert color="red" role="alert" title={texts.problem(query.error)}>
      <Button variant="default" size="xs" onClick={() => query.refetch()}>
        {texts.again}
      </Button>
    </Alert>
  )
}
