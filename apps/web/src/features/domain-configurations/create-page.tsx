import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { DOMAIN_CONFIGURATIONS } from '../../shared/authorizers/authorizer-queries.ts'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { RadioField, TextField } from '../../shared/form/fields.tsx'
import { Form } from '../../shared/form/form.tsx'
import { pairsRule } from '../../shared/form/pairs-field.tsx'
import { useForm } from '../../shared/form/use-form.ts'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { paths } from '../../shared/paths.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { TAG_RULES } from '../../shared/tags/tag-rules.ts'
import { TagsField } from '../../shared/tags/tags-field.tsx'
import { SettingsFields } from './components/settings-fields.tsx'
import { creationOf, LIMITS, NEW, RULES } from './domain-values.ts'

export function CreateDomainConfigurationPage() {
  const client = useQueryClient()
  const { history } = useRouter()
  usePageChrome({
    title: 'Create domain configuration',
    breadcrumbs: [
      { text: 'Domain configurations', href: paths.domainConfigurations() },
      { text: 'Create domain configuration', href: paths.createDomainConfiguration() },
    ],
  })
  const form = useForm({
    initial: NEW,
    limits: LIMITS,
    rules: { ...RULES, tags: pairsRule(TAG_RULES) },
    fieldsOfCodes: {
      ResourceAlreadyExistsException: 'domainConfigurationName',
      CertificateValidationException: 'serverCertificateArn',
    },
    submit: (values) => api(endpoints.createDomainConfiguration, { body: creationOf(values) }),
    onDone: ({ domainConfigurationName }) => {
      void client.invalidateQueries({ queryKey: DOMAIN_CONFIGURATIONS })
      history.push(paths.domainConfiguration(domainConfigurationName))
    },
  })
  return (
    <SpaceBetween size="m">
      <PageHeader>Create domain configuration</PageHeader>
      <Form
        form={form}
        action="Create domain configuration"
        failure="The domain configuration could not be created"
        unsaved="the new domain configuration"
        cancelHref={paths.domainConfigurations()}
        whyNot={useWhyNot('admin')}
      >
        <TextField field={form.field('domainConfigurationName')} label="Name" />
        <RadioField
          field={form.field('kind')}
          label="Host"
          options={[
            {
              value: 'aws',
              label: 'One of AWS’s',
              description: 'AWS IoT makes up a host, with a certificate of its own.',
            },
            {
              value: 'own',
              label: 'A domain of yours',
              description: 'With a certificate in ACM, and an entry of your DNS that leads to AWS IoT’s endpoint.',
            },
          ]}
        />
        {form.values.kind === 'own' && (
          <SpaceBetween size="l">
            <TextField field={form.field('domainName')} label="Domain name" placeholder="iot.example.com" />
            <TextField
              field={form.field('serverCertificateArn')}
              label="Server certificate"
              description="In ACM, in this region, for this name. It cannot be changed later: renew it in its place."
              placeholder="arn:aws:acm:us-east-1:123456789012:certificate/…"
            />
            <TextField
              field={form.field('validationCertificateArn')}
              label="Validation certificate, optional"
              description="Shows that the domain is yours, where the server certificate was signed by a CA of your own."
              placeholder="arn:aws:acm:us-east-1:123456789012:certificate/…"
            />
          </SpaceBetween>
        )}
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
        <TagsField field={form.field('tags')} />
      </Form>
    </SpaceBetween>
  )
}
