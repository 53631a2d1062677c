import type { ControlPlaneNeed, ControlPlaneNeeds } from '../../foundation/control-plane-needs.ts'
import { readsFile } from '../../foundation/own-file.ts'

interface VersionInput {
  readonly packageName: string
  readonly versionName: string
}

const needOfPackage = ({ packageName }: { readonly packageName: string }): ControlPlaneNeed => ({
  resources: [`package/${packageName}`],
})

const needOfVersion = ({ packageName, versionName }: VersionInput): ControlPlaneNeed => ({
  resources: [`package/${packageName}`, `package/${packageName}/version/${versionName}`],
})

/** @see Service Authorization Reference, "Actions, resources, and condition keys for AWS IoT" */
export const PACKAGE_NEEDS = {
  CreatePackage: needOfPackage,
  GetPackage: needOfPackage,
  UpdatePackage: needOfPackage,
  DeletePackage: needOfPackage,
  ListPackages: () => ({ resources: [] }),
  CreatePackageVersion: needOfVersion,
  GetPackageVersion: needOfVersion,
  UpdatePackageVersion: needOfVersion,
  DeletePackageVersion: needOfVersion,
  ListPackageVersions: needOfPackage,
  AssociateSbomWithPackageVersion: ({ sbom, ...version }) => ({
    ...needOfVersion(version),
    ...readsFile(sbom?.s3Location),
  }),
  DisassociateSbomFromPackageVersion: needOfVersion,
  ListSbomValidationResults: needOfVersion,
  GetPackageConfiguration: () => ({ resources: [] }),
  UpdatePackageConfiguration: ({ versionUpdateByJobsConfig }) => ({
    resources: [],
    ...(versionUpdateByJobsConfig?.roleArn !== undefined && { passedRoles: [versionUpdateByJobsConfig.roleArn] }),
  }),
} satisfies ControlPlaneNeeds
