import { type BodyOf, endpoints, type ProvisioningTemplateDetail } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import type { PlanStep } from '../../shared/plan/plan.ts'
import { unlessGone } from '../../shared/plan/unless-gone.ts'

/** Steps of plans that provisioning templates have a part in, each with what puts it back. */

type Change = BodyOf<typeof endpoints.updateProvisioningTemplate>

const update = (templateName: string, body: Change) =>
  api(endpoints.updateProvisioningTemplate, { params: { templateName }, body })

export const enableStep = (templateName: string, enabled: boolean): PlanStep => ({
  id: 'enabled',
  words: enabled ? 'Enable it' : 'Disable it',
  run: () => update(templateName, { enabled }),
  undo: () => update(templateName, { enabled: !enabled }),
})

export const setDefaultStep = (
  { templateName, defaultVersionId: before }: Pick<ProvisioningTemplateDetail, 'templateName' | 'defaultVersionId'>,
  defaultVersionId: number,
): PlanStep => ({
  id: `default ${defaultVersionId}`,
  words: `Make version ${defaultVersionId} the default`,
  run: () => update(templateName, { defaultVersionId }),
  undo: () => update(templateName, { defaultVersionId: before }),
})

/** Deletes a version; put back, it has the same body under a new number, as AWS gives none twice. */
export function deleteVersionStep(templateName: string, versionId: number): PlanStep {
  let templateBody: string | undefined
  const params = { templateName, versionId: String(versionId) }
  return {
    id: `delete version ${versionId}`,
    words: `Delete version ${versionId}`,
    run: () =>
      unlessGone(async () => {
        templateBody = (await api(endpoints.describeProvisioningTemplateVersion, { params })).templateBody
        await api(endpoints.deleteProvisioningTemplateVersion, { params })
      }),
    undo: async () => {
      if (templateBody === undefined) return
      const body = { templateBody, setAsDefault: false }
      await api(endpoints.createProvisioningTemplateVersion, { params: { templateName }, body })
    },
  }
}

/** A new version; put back, the default is what it was, and the new version is gone. */
export function createVersionStep(
  { templateName, defaultVersionId }: Pick<ProvisioningTemplateDetail, 'templateName' | 'defaultVersionId'>,
  version: BodyOf<typeof endpoints.createProvisioningTemplateVersion>,
  onRefused: (error: unknown) => void,
): PlanStep {
  let made: number | undefined
  return {
    id: 'create version',
    words: version.setAsDefault ? 'Create the version and make it the default' : 'Create the version',
    run: async () => {
      try {
        const params = { templateName }
        made = (await api(endpoints.createProvisioningTemplateVersion, { params, body: version })).versionId
      } catch (error) {
        onRefused(error)
        throw error
      }
    },
    undo: async () => {
      if (made === undefined) return
      if (version.setAsDefault) await update(templateName, { defaultVersionId })
      const params = { templateName, versionId: String(made) }
      await unlessGone(() => api(endpoints.deleteProvisioningTemplateVersion, { params }))
    },
  }
}

/** Without other versions than the default one there is nothing that AWS could call a DeleteConflict for. */
export const deleteTemplateSteps = ({ templateName, versions }: ProvisioningTemplateDetail): readonly PlanStep[] => [
  ...versions.filter(({ isDefault }) => !isDefault).map(({ versionId }) => deleteVersionStep(templateName, versionId)),
  {
    id: 'delete template',
    words: `Delete the template ${templateName}`,
    run: () => unlessGone(() => api(endpoints.deleteProvisioningTemplate, { params: { templateName } })),
  },
]
