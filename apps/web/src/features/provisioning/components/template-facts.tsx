import Link from '@cloudscape-design/components/link'
import type { ProvisioningTemplateDetail } from '@thingdeck/contract'
import { Facts } from '../../../shared/details/facts.tsx'
import { paths } from '../../../shared/paths.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { Age } from '../../../shared/time.tsx'
import { TYPE_WORDS } from '../type-words.ts'

/** What there is to know of a template beside its body. */
export function TemplateFacts({ template }: { readonly template: ProvisioningTemplateDetail }) {
  const { templateName, templateArn, type, description, defaultVersionId, versions, preProvisioningHook } = template
  const { provisioningRoleArn, createdAt, changedAt } = template
  return (
    <Facts
      facts={[
        { label: 'Devices come', value: TYPE_WORDS[type].label },
        {
          label: 'Version that decides',
          value: (
            <>
              {defaultVersionId} of{' '}
              <Link href={paths.provisioningTemplate(templateName)}>
                {versions.length === 1 ? '1 version' : `${versions.length} versions`}
              </Link>
            </>
          ),
        },
        { label: 'Role', copy: provisioningRoleArn, what: 'ARN of the role' },
        type === 'JITP'
          ? undefined
          : preProvisioningHook
            ? { label: 'Hook', copy: preProvisioningHook.targetArn, what: 'ARN of the function' }
            : { label: 'Hook', value: 'none: whoever has a claim is let in' },
        { label: 'ARN', copy: templateArn },
        description === undefined ? undefined : { label: 'Description', value: visible(description) },
        createdAt === undefined ? undefined : { label: 'Created', value: <Age atMs={Date.parse(createdAt)} /> },
        changedAt === undefined ? undefined : { label: 'Changed', value: <Age atMs={Date.parse(changedAt)} /> },
      ]}
    />
  )
}
