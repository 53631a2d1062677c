import Link from '@cloudscape-design/components/link'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ProvisioningTemplateRow } from '@thingdeck/contract'
import type { Action } from '../../shared/action/action.ts'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { ListPage } from '../../shared/list/list-page.tsx'
import { useListPageSize } from '../../shared/list/list-preference.ts'
import type { ListWords } from '../../shared/list/list-props.ts'
import type { ListSearch } from '../../shared/list/list-search.ts'
import { pagesOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { NameText } from '../../shared/text/name-text.tsx'
import { visible } from '../../shared/text/visible.tsx'
import { Age } from '../../shared/time.tsx'
import { templatePagesQuery } from './api.ts'
import { TemplateLook } from './components/template-look.tsx'
import { TemplateState } from './components/template-state.tsx'
import { TYPE_WORDS } from './type-words.ts'

const CREATE: Action = {
  id: 'create',
  text: 'Create provisioning template',
  needs: 'admin',
  isPrimary: true,
  href: paths.createProvisioningTemplate(),
}

const COLUMNS: readonly ListColumn<ProvisioningTemplateRow>[] = [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    isFixed: true,
    width: 240,
    minWidth: 140,
    cell: ({ templateName }) => (
      <Link href={paths.provisioningTemplate(templateName)}>
        <NameText text={templateName} />
      </Link>
    ),
  },
  {
    id: 'enabled',
    header: 'State',
    width: 150,
    cell: ({ enabled }) => <TemplateState enabled={enabled} />,
  },
  { id: 'type', header: 'Devices come', width: 190, cell: ({ type }) => TYPE_WORDS[type].short },
  {
    id: 'description',
    header: 'Description',
    minWidth: 200,
    cell: ({ description }) => (description === undefined ? '–' : visible(description)),
  },
  {
    id: 'changed',
    header: 'Changed',
    width: 160,
    cell: ({ changedAt }) => (changedAt === undefined ? '–' : <Age atMs={Date.parse(changedAt)} />),
  },
]

const WORDS: ListWords = {
  title: 'Provisioning templates',
  one: 'provisioning template',
  many: 'provisioning templates',
  description: 'What is made for a device that comes for the first time: its thing, its certificate, its policies.',
  empty: {
    title: 'No provisioning templates yet',
    text: 'With a template a device gets its own certificate and its thing by itself: it comes with a claim certificate that a whole production line shares, or with one that your own CA signed.',
  },
}

export function ProvisioningTemplatesPage({ search, setSearch }: SearchProps<ListSearch>) {
  const pageSize = useListPageSize('provisioning-templates', 25)
  const pages = useInfiniteQuery(templatePagesQuery(pageSize))
  return (
    <ListPage
      name="provisioning-templates"
      breadcrumbs={[{ text: 'Provisioning', href: paths.provisioningTemplates() }]}
      words={WORDS}
      columns={COLUMNS}
      rowId={({ templateName }) => templateName}
      source={pagesOf(pages, ({ templates }) => templates)}
      paging="numbered"
      pageSize={pageSize}
      pageSizes={[10, 25, 50, 100]}
      search={search}
      setSearch={setSearch}
      selection="single"
      actions={() => [{ id: 'devices', text: 'Provisioned lately', href: paths.provisionedDevices() }, CREATE]}
      rowActions={({ templateName }) => [
        { id: 'rehearse', text: 'Rehearse', href: paths.provisioningTemplate(templateName, { tab: 'rehearsal' }) },
        { id: 'claims', text: 'Show claims', href: paths.provisioningTemplate(templateName, { tab: 'claims' }) },
        {
          id: 'devices',
          text: 'Show what was provisioned lately',
          href: paths.provisioningTemplate(templateName, { tab: 'devices' }),
        },
      ]}
      look={(templateName) => ({ header: templateName, content: <TemplateLook templateName={templateName} /> })}
    />
  )
}
