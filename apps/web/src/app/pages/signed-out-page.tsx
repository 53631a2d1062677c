import './lone-page.css'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { paths } from '../../shared/paths.ts'
import { whyNobodyIsSignedIn } from '../../shared/session/session.tsx'
import { Mark } from '../mark.tsx'
import { SignInProblem, wordsOfProblem } from './sign-in-problem.tsx'
import { validateSignInSearch } from './sign-in-search.ts'

/** The only page without a person. Signing in comes back to the address that was asked for. */
export function SignedOutPage() {
  const { href, pathname, search } = useLocation()
  const failed = pathname === '/sign-in'
  const own = whyNobodyIsSignedIn() === 'CODE_NEEDED' ? { problem: 'CODE_NEEDED' } : {}
  const {
    problem,
    requestId,
    returnTo = '/',
  } = failed ? validateSignInSearch({ ...search }) : { ...own, returnTo: href }
  const words = problem === undefined ? undefined : wordsOfProblem(problem)
  const retry = words ? words.retry : 'Sign in'
  useEffect(() => {
    document.title = 'Sign in · Thingdeck'
  }, [])
  return (
    <main className="td-lone-page">
      <Container>
        <Box padding={{ vertical: 'm', horizontal: 'l' }}>
          <SpaceBetween size="l">
            <Box variant="h1">
              <span className="td-brand">
                <Mark /> Thingdeck
              </span>
            </Box>
            {problem === undefined ? (
              <Box color="text-body-secondary">
                The console for your AWS IoT Core devices: what they say, what they should do, and what is the matter
                with them. You are signed out.
              </Box>
            ) : (
              <SignInProblem problem={problem} {...(requestId === undefined ? {} : { requestId })} />
            )}
            {retry !== undefined && (
              <Button
                variant="primary"
                href={paths.signIn(returnTo, words?.asSomeoneElse ? 'login' : undefined)}
                fullWidth
              >
                {retry}
              </Button>
            )}
          </SpaceBetween>
        </Box>
      </Container>
    </main>
  )
}
