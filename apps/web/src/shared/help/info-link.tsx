import Link from '@cloudscape-design/components/link'
import { useOpenHelp } from './page-help.ts'

/** Beside the title of a page: opens its help. */
export function InfoLink() {
  const open = useOpenHelp()
  return (
    open && (
      <Link variant="info" ariaLabel="Info: help for this page" onFollow={open}>
        Info
      </Link>
    )
  )
}
