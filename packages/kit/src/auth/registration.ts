/**
 * Texts that explain how to register an application. This project ships no client id, because the owner of a
 * registration is responsible for its use. Ids of permissions:
 * https://learn.microsoft.com/graph/permissions-reference
 */
import type { CloudName } from './clouds.ts';

/** Which accounts will sign in with it. */
export type Audience = 'both' | 'personal' | 'work';

export interface RegistrationPlan {
  readonly audience: Audience;
  readonly cloud: CloudName;
  /** What the application may do, with a user or without one. */
  readonly permission: PermissionName;
  readonly name: string;
}

export type PermissionName =
  | 'Files.Read'
  | 'Files.ReadWrite'
  | 'Files.ReadWrite.AppFolder'
  | 'Files.Read.All'
  | 'Files.ReadWrite.All';

interface Permission {
  readonly id: string;
  /** `Scope`: on behalf of a user; `Role`: for the application itself, with an administrator's consent. */
  readonly type: 'Scope' | 'Role';
  readonly what: string;
}

const graphId = '00000003-0000-0000-c000-000000000000';
const userRead = 'e1fe6dd8-ba31-4d61-89e7-88639da4683d';
const offlineAccess = '7427e0e9-2fba-42fe-b0c0-848c9e6a8182';

const permissions: Readonly<Record<PermissionName, Permission>> = {
  'Files.Read': {
    id: '10465720-29dd-4523-a11a-6a75c743c9d9',
    type: 'Scope',
    what: 'read the files of the person who signs in',
  },
  'Files.ReadWrite': {
    id: '5c28f0bf-8a70-41f1-8ab2-9032436ddb65',
    type: 'Scope',
    what: 'read and change the files of the person who signs in',
  },
  'Files.ReadWrite.AppFolder': {
    id: '8019c312-3263-48e6-825e-2b833497195b',
    type: 'Scope',
    what: 'read and change one folder of its own in the drive of the person who signs in',
  },
  'Files.Read.All': {
    id: '01d4889c-1287-42c6-ac1f-5d1e02578ef6',
    type: 'Role',
    what: 'read the files of everybody in the organisation, with no person signed in',
  },
  'Files.ReadWrite.All': {
    id: '75359482-378d-4052-8f01-80520e7db3cd',
    type: 'Role',
    what: 'read and change the files of everybody in the organisation, with no person signed in',
  },
};

/** https://learn.microsoft.com/entra/identity-platform/supported-accounts-validation */
const audiences: Readonly<Record<Audience, string>> = {
  both: 'AzureADandPersonalMicrosoftAccount',
  personal: 'PersonalMicrosoftAccount',
  work: 'AzureADMyOrg',
};

/**
 * If personal accounts may sign in, the service accepts a registration only with version 2 of access tokens:
 * https://learn.microsoft.com/graph/api/resources/apiapplication
 */
function needsVersion2({ audience }: RegistrationPlan): boolean {
  return audience !== 'work';
}

const portals: Readonly<Record<CloudName, string>> = {
  global: 'https://entra.microsoft.com',
  'us-gov': 'https://entra.microsoft.us',
  'us-gov-dod': 'https://entra.microsoft.us',
  china: 'https://entra.microsoftonline.cn',
};

/** The redirect address: the service ignores the port of http://localhost. */
export const redirectUri = 'http://localhost';

/** Whether the application has no user. Then it has a secret or a certificate, and no redirect address. */
export function isApplication({ permission }: Pick<RegistrationPlan, 'permission'>): boolean {
  return permissions[permission].type === 'Role';
}

/** The page on which applications are registered. */
function registrationPage(cloud: CloudName): string {
  return `${portals[cloud]}/#view/Microsoft_AAD_RegisteredApps/CreateApplicationBlade`;
}

function accessList(plan: RegistrationPlan): readonly { readonly id: string; readonly type: string }[] {
  const { id, type } = permissions[plan.permission];
  const person = type === 'Scope' ? [userRead, offlineAccess] : [];
  return [...person.map((one) => ({ id: one, type: 'Scope' })), { id, type }];
}

/** For Azure CLI, in a POSIX shell: https://learn.microsoft.com/cli/azure/ad/app#az-ad-app-create */
export function azureCliScript(plan: RegistrationPlan): string {
  const access = JSON.stringify([{ resourceAppId: graphId, resourceAccess: accessList(plan) }]);
  const publicClient = isApplication(plan)
    ? []
    : ['  --is-fallback-public-client true', `  --public-client-redirect-uris ${redirectUri}`];
  return [
    'az ad app create',
    `  --display-name '${plan.name.replaceAll("'", "'\\''")}'`,
    `  --sign-in-audience ${audiences[plan.audience]}`,
    ...(needsVersion2(plan) ? ['  --requested-access-token-version 2'] : []),
    ...publicClient,
    `  --required-resource-accesses '${access}'`,
    '  --query appId --output tsv',
  ].join(' \\\n');
}

/** For the Microsoft Graph PowerShell SDK: https://learn.microsoft.com/powershell/module/microsoft.graph.applications/new-mgapplication */
export function powerShellScript(plan: RegistrationPlan): string {
  const access = accessList(plan).map(({ id, type }) => `@{ Id = '${id}'; Type = '${type}' }`);
  return [
    'Connect-MgGraph -Scopes Application.ReadWrite.All',
    '$application = @{',
    `  DisplayName = '${plan.name.replaceAll("'", "''")}'`,
    `  SignInAudience = '${audiences[plan.audience]}'`,
    ...(needsVersion2(plan) ? ['  Api = @{ RequestedAccessTokenVersion = 2 }'] : []),
    ...(isApplication(plan)
      ? []
      : ['  IsFallbackPublicClient = $true', `  PublicClient = @{ RedirectUris = @('${redirectUri}') }`]),
    `  RequiredResourceAccess = @(@{ ResourceAppId = '${graphId}'; ResourceAccess = @(${access.join(', ')}) })`,
    '}',
    '(New-MgApplication @application).AppId',
  ].join('\n');
}

/**
 * The page on which an administrator gives consent for an organization:
 * https://learn.microsoft.com/entra/identity-platform/v2-admin-consent
 */
export function adminConsentUrl(
  clientId: string,
  { authority, tenant }: { readonly authority: string; readonly tenant: string },
): string {
  const where = ['common', 'consumers'].includes(tenant) ? 'organizations' : tenant;
  const query = new URLSearchParams({ client_id: clientId, redirect_uri: redirectUri });
  return `${authority}/${where}/adminconsent?${query.toString()}`;
}

/** The steps on the page, as text. */
export function registrationSteps(plan: RegistrationPlan): readonly string[] {
  const who: Readonly<Record<Audience, string>> = {
    both: 'Accounts in any organizational directory and personal Microsoft accounts',
    personal: 'Personal Microsoft accounts only',
    work: 'Accounts in this organizational directory only',
  };
  const { type } = permissions[plan.permission];
  return [
    `Open ${registrationPage(plan.cloud)}`,
    `Name: ${plan.name}. Supported account types: ${who[plan.audience]}.`,
    ...(isApplication(plan)
      ? ['Under "Certificates & secrets" upload a certificate (recommended) or create a client secret.']
      : [
          `Redirect URI: platform "Public client/native (mobile & desktop)", address ${redirectUri} (exactly this, without a port).`,
          'Under "Authentication" set "Allow public client flows" to Yes (for --device-code).',
        ]),
    `Under "API permissions" add Microsoft Graph, ${type === 'Role' ? 'application' : 'delegated'} permissions: ${type === 'Role' ? '' : 'User.Read, offline_access, '}${plan.permission}.`,
    'Copy "Application (client) ID" from the overview.',
  ];
}

/** A short letter to an IT department. @param clientId of an application that is already registered. */
export function letter(plan: RegistrationPlan, consentUrl: string, clientId: string | undefined): string {
  return [
    `Subject: Please allow the application "${plan.name}" in our directory`,
    '',
    'Hello,',
    '',
    ...whatItIs(plan),
    '',
    ...(clientId === undefined
      ? [
          'Please create the registration with this script (Azure CLI). It prints the application id, which I need:',
          '',
          azureCliScript(plan),
          '',
          'Then please give consent for the organisation at this address, with that id in place of APPLICATION-ID.',
        ]
      : [`It is registered as ${clientId}. Please give consent for the organisation at this address.`]),
    'The last page is an address at localhost that cannot be opened; that is expected.',
    '',
    consentUrl,
    '',
    'Thank you.',
  ].join('\n');
}

function whatItIs(plan: RegistrationPlan): readonly string[] {
  const { what, type } = permissions[plan.permission];
  const many = type === 'Role' || plan.permission.endsWith('.All');
  const kind = type === 'Role' ? 'application' : 'delegated';
  return [
    `I would like to use the open-source tool onedrive-cli. It needs an app registration with the Microsoft Graph permission ${plan.permission} (${kind}), so that it may ${what}${many ? '.' : ', and nothing of anybody else.'}`,
    '',
    type === 'Role'
      ? 'It signs in with a certificate or a federated credential; no person is involved.'
      : 'It is a public client: it has no secret, signs in on your own sign-in page (multi-factor authentication and conditional access apply) by authorization code with PKCE, and its redirect address is http://localhost. Tokens stay on my machine, in the keychain of the system.',
  ];
}
