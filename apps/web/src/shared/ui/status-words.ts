import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'

/** A state of AWS's as people are told of it. */
export interface StatusWords {
  readonly words: string
  readonly type: StatusIndicatorProps.Type
}
