import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { paths } from '../../shared/paths.ts'
import { Mark } from '../shell/mark.tsx'

/** The only page without a person. Signing in comes back to the address that was asked for. */
export function SignedOutPage() {
  const { href } = useLocation()
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
            <Box color="text-body-secondary">
              The console for your AWS IoT Core devices: what they say, what they should do, and what is the matter with
              them. You are signed out.
            </Box>
            <Button variant="primary" href={paths.signIn(href)} fullWidth>
              Sign in
            </Button>
          </SpaceBetween>
        </Box>
      </Container>
    </main>
  )
}
