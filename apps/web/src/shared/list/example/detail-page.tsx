import { useQuery } from '@tanstack/react-query'
import { DetailsPage } from '../../details/details-page.tsx'
import { Facts } from '../../details/facts.tsx'
import { paths } from '../../paths.ts'
import type { SearchProps } from '../../search-props.ts'
import { thingTypeQuery } from './api.ts'
import type { ThingType } from './endpoints.ts'
import type { ThingTypeSearch } from './search.ts'
import { thingTypePaths } from './thing-type-paths.ts'

interface ThingTypePageProps extends SearchProps<ThingTypeSearch> {
  readonly name: string
}

export function ThingTypePage({ name, search, setSearch }: ThingTypePageProps) {
  return (
    <DetailsPage
      title={name}
      breadcrumbs={[
        { text: 'Thing types', href: thingTypePaths.list() },
        { text: name, href: thingTypePaths.thingType(name) },
      ]}
      what="thing type"
      query={useQuery(thingTypeQuery(name))}
      notFound={`The registry knows no thing type named ${name}`}
      actions={[{ id: 'things', text: 'Show things', href: paths.things({ type: name }) }]}
      tabs={[
        { id: 'overview', label: 'Overview', content: (thingType) => <ThingTypeFacts thingType={thingType} /> },
        { id: 'things', label: 'Things', content: <p>Another feature brings this tab.</p> },
      ]}
      search={search}
      setSearch={setSearch}
    />
  )
}

export function ThingTypeFacts({ thingType: { thingTypeArn, isDeprecated } }: { readonly thingType: ThingType }) {
  return (
    <Facts
      facts={[
        { label: 'ARN', copy: thingTypeArn },
        { label: 'State', value: isDeprecated ? 'Deprecated' : 'In use' },
      ]}
    />
  )
}
