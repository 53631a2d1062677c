import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { Form } from '../../shared/form/form.tsx'
import { useForm } from '../../shared/form/use-form.ts'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { useWhyNot } from '../../shared/session/session.tsx'
import { ROLE_ALIASES } from './api.ts'
import { definitionOf, FIELDS_OF_CODES, LIMITS, NEW, RoleAliasFields, RULES } from './components/role-alias-form.tsx'
import { roleAliasPaths } from './role-alias-paths.ts'

export function CreateRoleAliasPage() {
  const { history } = useRouter()
  const client = useQueryClient()
  usePageChrome({
    title: 'Create role alias',
    breadcrumbs: [
      { text: 'Role aliases', href: roleAliasPaths.list() },
      { text: 'Create role alias', href: roleAliasPaths.create() },
    ],
  })
  const form = useForm({
    initial: NEW,
    limits: LIMITS,
    rules: RULES,
    fieldsOfCodes: FIELDS_OF_CODES,
    submit: (values) =>
      api(endpoints.createRoleAlias, { body: { roleAlias: values.roleAlias, ...definitionOf(values) } }),
    onDone: ({ roleAlias }) => {
      void client.invalidateQueries({ queryKey: ROLE_ALIASES })
      history.push(roleAliasPaths.roleAlias(roleAlias))
    },
  })
  return (
    <SpaceBetween size="m">
      <PageHeader>Create role alias</PageHeader>
      <Form
        form={form}
        action="Create role alias"
        failure="The role alias could not be created"
        unsaved="the new role alias"
        cancelHref={roleAliasPaths.list()}
        whyNot={useWhyNot('admin')}
      >
        <RoleAliasFields form={form} isNew />
      </Form>
    </SpaceBetween>
  )
}
