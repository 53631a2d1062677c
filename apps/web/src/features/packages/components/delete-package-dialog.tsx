import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useLeave } from '../../../shared/details/use-leave.ts'
import { formatCounted } from '../../../shared/format.ts'
import { packageQuery, versionPagesQuery } from '../../../shared/packages/package-queries.ts'
import { paths } from '../../../shared/paths.ts'
import { PlanDialog } from '../../../shared/plan/plan-dialog.tsx'
import { packagesChanged, packageThingsQuery } from '../api.ts'
import { packageDeletion } from '../package-plans.ts'
import { runningConsequence } from '../running-words.ts'

interface DeletePackageDialogProps {
  readonly packageName: string
  readonly onClose: () => void
}

/** Deletes a package: AWS wants its versions gone before, and none of them the default one. */
export function DeletePackageDialog({ packageName, onClose }: DeletePackageDialogProps) {
  const client = useQueryClient()
  const leave = useLeave(paths.package(packageName), paths.packages())
  const found = useQuery(packageQuery(packageName))
  const versions = useInfiniteQuery(versionPagesQuery(packageName, 100))
  const things = useQuery(packageThingsQuery(packageName))
  const { hasNextPage, isFetching, fetchNextPage } = versions
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  const names = versions.data?.pages.flatMap((page) => page.versions.map(({ versionName }) => versionName))
  const isRead = found.data !== undefined && names !== undefined && !hasNextPage
  return (
    <PlanDialog
      header={`Delete the package ${packageName}`}
      action="Delete package"
      plan={
        isRead
          ? {
              ...packageDeletion(found.data, names),
              onChange: () => void packagesChanged(client),
              onDone: leave,
            }
          : undefined
      }
      error={found.error ?? versions.error}
      consequences={[
        ...runningConsequence(things.data, undefined),
        ...(isRead && names.length > 0
          ? [
              `${formatCounted(names.length, 'version')} with attributes, recipes and tags ${names.length === 1 ? 'is' : 'are'} gone for good; the artifacts stay in S3.`,
            ]
          : []),
        'Jobs that are under way go on with what was put into their documents; where an artifact has yet to be fetched, they may fail.',
      ]}
      name={packageName}
      onClose={onClose}
    />
  )
}
