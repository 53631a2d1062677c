import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'

/** A page that failed while it was drawn. The frame around it still works. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  return (
    <SpaceBetween size="l">
      <Header variant="h1">This page failed</Header>
      <ErrorAlert
        error={error instanceof Error ? error : new Error(String(error))}
        what="The page could not be shown"
        onRetry={reset}
      />
    </SpaceBetween>
  )
}
