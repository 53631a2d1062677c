import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useLocation } from '@tanstack/react-router'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { paths } from '../../shared/paths.ts'

export function NotFoundPage() {
  const { pathname } = useLocation()
  usePageChrome({ title: 'Not found', breadcrumbs: [{ text: 'Not found', href: pathname }] })
  return (
    <SpaceBetween size="l">
      <Header variant="h1">Page not found</Header>
      <Box>
        There is no page at <Box variant="code">{pathname}</Box>.
      </Box>
      <Button href={paths.things()}>Go to things</Button>
    </SpaceBetween>
  )
}
