import Box from '@cloudscape-design/components/box'
import Link from '@cloudscape-design/components/link'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useSession } from '../../shared/session/session.tsx'
import { Loading } from '../../shared/ui/loading.tsx'
import { validateSignInSearch } from './sign-in-search.ts'

/** Signed in after all: on to where the person was going, or back to the tab that waits. */
export function SignedInPage() {
  // Of this page's own match: that of the location is already the next page's while this one is still there.
  const { returnTo = '/', beside } = validateSignInSearch(useSearch({ strict: false }))
  const { history } = useRouter()
  const { name } = useSession().person
  useEffect(() => {
    // The tab that waits was told when this one began.
    if (beside) window.close()
    else history.replace(returnTo)
  }, [history, returnTo, beside])
  if (!beside) return <Loading what="page" />
  return (
    <Box padding="xl" textAlign="center">
      <Box variant="h1">{`Signed in as ${name}`}</Box>
      <Box variant="p">
        The tab that waited goes on where it was; this one can be closed. <Link href={returnTo}>Go on here</Link>
      </Box>
    </Box>
  )
}
