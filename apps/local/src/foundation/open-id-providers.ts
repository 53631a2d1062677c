/** The OpenID Connect providers of the account's IAM, whose tokens identity pools can take. */
export interface OpenIdProviders {
  /** @param arn `arn:aws:iam::ACCOUNT:oidc-provider/HOST/PATH` */
  find(arn: string): { readonly url: string; readonly clientIds: readonly string[] } | undefined
}
