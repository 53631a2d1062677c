import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type DomainConfiguration, endpoints } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { DOMAIN_CONFIGURATIONS } from '../../shared/authorizers/authorizer-queries.ts'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { Form } from '../../shared/form/form.tsx'
import { useForm } from '../../shared/form/use-form.ts'
import { paths } from '../../shared/paths.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { domainConfigurationQuery } from './api.ts'
import { SettingsFields } from './components/settings-fields.tsx'
import { whyNotChanged } from './deletion-rule.ts'
import { changeOf, keptRule, SETTINGS_LIMITS, SETTINGS_RULES, valuesOf } from './domain-values.ts'

interface EditDomainConfigurationPageProps {
  readonly domainConfigurationName: string
}

export function EditDomainConfigurationPage({ domainConfigurationName }: EditDomainConfigurationPageProps) {
  return (
    <DetailsPage
      title={`Edit ${domainConfigurationName}`}
      breadcrumbs={[
        { text: 'Domain configurations', href: paths.domainConfigurations() },
        { text: domainConfigurationName, href: paths.domainConfiguration(domainConfigurationName) },
        { text: 'Edit', href: paths.editDomainConfiguration(domainConfigurationName) },
      ]}
      what="domain configuration"
      query={useQuery(domainConfigurationQuery(domainConfigurationName))}
      notFound={`There is no domain configuration named ${domainConfigurationName}`}
      content={(configuration) => <EditForm configuration={configuration} />}
    />
  )
}

function EditForm({ configuration }: { readonly configuration: DomainConfiguration }) {
  const [opened] = useState(configuration)
  const { domainConfigurationName } = opened
  const { history } = useRouter()
  const client = useQueryClient()
  const whyNot = useWhyNot('admin')
  const form = useForm({
    initial: valuesOf(opened),
    limits: SETTINGS_LIMITS,
    rules: {
      ...SETTINGS_RULES,
      securityPolicy: keptRule(opened.securityPolicy ?? ''),
      clientCertificateCallbackArn: keptRule(opened.clientCertificateCallbackArn ?? ''),
    },
    submit: (values) =>
      api(endpoints.updateDomainConfiguration, {
        params: { domainConfigurationName },
        body: changeOf(values, valuesOf(opened)),
      }),
    onDone: () => {
      void client.invalidateQueries({ queryKey: DOMAIN_CONFIGURATIONS })
      history.push(paths.domainConfiguration(domainConfigurationName))
    },
  })
  return (
    <Form
      form={form}
      action="Save domain configuration"
      failure="The domain configuration could not be changed"
      unsaved="the changes of the domain configuration"
      cancelHref={paths.domainConfiguration(domainConfigurationName)}
      whyNot={whyNot ?? whyNotChanged(opened)}
    >
      <SettingsFields
        values={form.values}
        change={form.change}
        fields={{
          authenticationType: form.field('authenticationType'),
          applicationProtocol: form.field('applicationProtocol'),
          authorizerName: form.field('authorizerName'),
          allowAuthorizerOverride: form.field('allowAuthorizerOverride'),
          securityPolicy: form.field('securityPolicy'),
          clientCertificateCallbackArn: form.field('clientCertificateCallbackArn'),
        }}
      />
    </Form>
  )
}
