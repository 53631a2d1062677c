import Header, { type HeaderProps } from '@cloudscape-design/components/header'
import { InfoLink } from './info-link.tsx'

/** The title of a page, with the way to its help. */
export function PageHeader(props: Omit<HeaderProps, 'variant' | 'info'>) {
  return <Header {...props} variant="h1" info={<InfoLink />} />
}
