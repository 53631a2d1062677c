import Link from '@cloudscape-design/components/link'
import { useQuery } from '@tanstack/react-query'
import type { SoftwarePackage } from '@thingdeck/contract'
import { formatCounted } from '../../../shared/format.ts'
import { runningQuery } from '../../../shared/packages/package-queries.ts'
import { paths } from '../../../shared/paths.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { Age } from '../../../shared/time.tsx'
import { packageThingsQuery } from '../api.ts'

/** `912 things run it · 2.1 is the default version · the pump control` */
export function PackageStatusLine({ found }: { readonly found: SoftwarePackage }) {
  const { packageName, defaultVersionName, description, createdAt } = found
  const { data: things } = useQuery(packageThingsQuery(packageName))
  const { about = 0 } = things ?? {}
  return (
    <>
      {things?.outcome === 'counted' && (
        <>
          {about === 0 ? (
            'No thing says that it runs it'
          ) : (
            <>
              <Link href={paths.things({ query: runningQuery(packageName) })}>{formatCounted(about, 'thing')}</Link>{' '}
              {about === 1 ? 'runs it' : 'run it'}
            </>
          )}
          {' · '}
        </>
      )}
      {defaultVersionName === undefined ? (
        'no default version'
      ) : (
        <>{visible(defaultVersionName)} is the default version</>
      )}
      {createdAt !== undefined && (
        <>
          {' · '}created <Age atMs={Date.parse(createdAt)} />
        </>
      )}
      {description !== undefined && <> · {visible(description)}</>}
    </>
  )
}
