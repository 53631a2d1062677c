import { useInfiniteQuery } from '@tanstack/react-query'
import { ThingNames } from '../../../shared/things/thing-names.tsx'
import { thingsOfTypeQuery } from '../api.ts'

const PAGE_SIZE = 100

/** The things that have a type, as the registry lists them. */
export function ThingsOfType({ thingTypeName }: { readonly thingTypeName: string }) {
  const pages = useInfiniteQuery(thingsOfTypeQuery(thingTypeName, PAGE_SIZE))
  return (
    <ThingNames
      name="things-of-type"
      title="Things of this type"
      empty={{ title: 'No thing has it', text: 'A thing gets a type when it is created, or when it is changed.' }}
      pages={pages}
      namesOf={({ things }) => things.map(({ thingName }) => thingName)}
    />
  )
}
