import Link from '@cloudscape-design/components/link'
import { DEFAULT_VERSION, NO_VERSION, parsePackageVersionArn } from '@thingdeck/contract'
import { versionInWords } from '../../../shared/packages/package-queries.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'

/** The versions of packages that a job brings, each a way there. */
export function VersionList({ arns }: { readonly arns: readonly string[] }) {
  return (
    <ul className="td-plain-list">
      {arns.map((arn) => (
        <li key={arn}>
          <Version arn={arn} />
        </li>
      ))}
    </ul>
  )
}

function Version({ arn }: { readonly arn: string }) {
  const named = parsePackageVersionArn(arn)
  if (!named) return <NameText text={arn} />
  const { packageName, versionName } = named
  if (versionName === NO_VERSION) {
    return (
      <>
        <Link href={paths.package(packageName)}>
          <NameText text={packageName} />
        </Link>{' '}
        is taken off
      </>
    )
  }
  return (
    <Link href={paths.package(packageName, versionName === DEFAULT_VERSION ? {} : { look: versionName })}>
      <NameText text={versionInWords(packageName, versionName)} />
    </Link>
  )
}
