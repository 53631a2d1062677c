import Box from '@cloudscape-design/components/box'
import Spinner from '@cloudscape-design/components/spinner'

/** `what` completes 'Loading …'. */
export function Loading({ what }: { readonly what: string }) {
  return (
    <Box color="text-body-secondary" padding="l" textAlign="center">
      <span role="status">
        <Spinner /> Loading {what}
      </span>
    </Box>
  )
}
