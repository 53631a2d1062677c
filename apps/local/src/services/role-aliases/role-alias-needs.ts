import type { ControlPlaneNeed, ControlPlaneNeeds } from '../../foundation/control-plane-needs.ts'

/** Who points an alias at a role hands that role to all devices that may use the alias. */
const needOfAlias = ({
  roleAlias,
  roleArn,
}: {
  readonly roleAlias: string
  readonly roleArn?: string | undefined
}): ControlPlaneNeed => ({
  resources: [`rolealias/${roleAlias}`],
  ...(roleArn !== undefined && { passedRoles: [roleArn], passedTo: 'credentials.iot.amazonaws.com' }),
})

/**
 * Who may do what with role aliases.
 * @see Service Authorization Reference, "AWS IoT"; AWS IoT developer guide, "Authorizing direct calls to AWS services
 *   using AWS IoT Core credential provider": the caller needs `iam:PassRole`
 */
export const roleAliasNeeds = {
  CreateRoleAlias: needOfAlias,
  UpdateRoleAlias: needOfAlias,
} satisfies ControlPlaneNeeds
