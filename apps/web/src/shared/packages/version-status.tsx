import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'

interface StatusWords {
  readonly words: string
  readonly type: StatusIndicatorProps.Type
}

const STATUS: Readonly<Record<string, StatusWords>> = {
  DRAFT: { words: 'Draft', type: 'pending' },
  PUBLISHED: { words: 'Published', type: 'success' },
  DEPRECATED: { words: 'Deprecated', type: 'warning' },
}

/** A state that AWS has added since is said by its own name. */
export const versionStatus = (status: string): StatusWords => STATUS[status] ?? { words: status, type: 'info' }

/** Whether a version of a package is being written, is there to be installed, or should be installed no more. */
export function VersionStatus({ status }: { readonly status: string }) {
  const { words, type } = versionStatus(status)
  return <StatusIndicator type={type}>{words}</StatusIndicator>
}
