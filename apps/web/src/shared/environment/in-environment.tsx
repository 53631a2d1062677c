import Box from '@cloudscape-design/components/box'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useEnvironment } from '../session/session.tsx'
import { KIND_WORDS, placeInWords } from './environment-words.ts'

/** ` in production` for what is typed before something is destroyed there, and nothing elsewhere. */
export const useInProduction = (): string =>
  useEnvironment()?.environmentKind === 'production' ? ' in production' : ''

/** Where a dialog's act takes effect, so that nobody takes production for a toy; on an embedded server it says nothing. */
export function InEnvironment() {
  const environment = useEnvironment()
  if (!environment || environment.environmentKind === 'embedded') return null
  const place = placeInWords(environment)
  if (environment.environmentKind !== 'production') {
    return (
      <Box color="text-body-secondary">{`In ${KIND_WORDS[environment.environmentKind].toLowerCase()}: ${place}.`}</Box>
    )
  }
  return (
    <StatusIndicator type="warning">
      In <b>production</b>: {place}.
    </StatusIndicator>
  )
}
