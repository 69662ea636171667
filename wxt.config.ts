import { defineConfig } from 'wxt';
import { budgets, findFaults } from './bench/size/budgets.ts';
import { readBuiltFiles } from './bench/size/built-files.ts';
import { computedValues } from './build/computed-values.ts';
import { noScriptContext } from './build/no-script-context.ts';

/** What the package's source zip holds: the extension's build needs all but the last line, with which a reviewer tries it. */
const sources = [
  '{package,package-lock,tsconfig}.json',
  'wxt.config.ts',
  'LICENSE',
  'bench/size/{budgets,built-files}.ts',
  '{build,components,entrypoints,modules,public,utils}/**',
  'docs/{agent,privacy,source-review}.md',
  'docs/help/*.md',
  '{connexcs,demo,relay}/**',
];

/** What git ignores: made by a run, or somebody's own. */
const notSources = ['demo/out/**', '**/*.log', '**/relay.json', '**/*.token'];

/** Firefox names an icon for the theme's text: a light one is for dark toolbars. Other browsers take one for both. */
const themeIcons = [16, 24, 32].map((size) => ({
  light: `icon/on-dark-${size}.png`,
  dark: `icon/${size}.png`,
  size,
}));

/**
 * Manifest for Chrome, Edge and Firefox, MV3 everywhere. Nothing is granted at install beyond the toggle:
 * `activeTab` and `scripting` put the sidebar into the tab whose icon was clicked, `storage` keeps the calls,
 * `alarms` wakes a worker that died, `contextMenus` is the toggle once more, and `sidePanel` another place for it:
 * none of them is asked of the user. `notifications` is, by whoever wants to be notified of keywords, and a site is, by
 * whoever wants the sidebar to open there by itself.
 */
export default defineConfig({
  manifestVersion: 3,
  imports: false,
  zip: { includeSources: sources, excludeSources: notSources },
  hooks: {
    'build:done'({ config: { command, mode, outDir } }) {
      if (command !== 'build' || mode !== 'production') return;
      const faults = findFaults(readBuiltFiles(outDir), budgets);
      if (faults.length > 0) throw new Error(faults.join('\n'));
    },
  },
  vite: () => ({
    plugins: [computedValues(), noScriptContext()],
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    // The oldest browsers we serve: what they know by themselves (`light-dark()`, `:dir()`) is left as it is written.
    build: {
      target: 'es2023',
      cssTarget: ['chrome123', 'firefox140'],
      // They all know what to fetch ahead.
      modulePreload: { polyfill: false },
    },
  }),
  manifest: ({ browser }) => ({
    name: '__MSG_extensionName__',
    description: '__MSG_extensionDescription__',
    default_locale: 'en',
    permissions: [
      'activeTab',
      'scripting',
      'storage',
      'alarms',
      'contextMenus',
      ...(browser === 'firefox' ? [] : ['sidePanel']),
    ],
    optional_permissions: ['notifications'],
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    action: {
      default_title: '__MSG_actionTitle__',
      ...(browser === 'firefox' ? { theme_icons: themeIcons } : {}),
    },
    commands: { _execute_action: { suggested_key: { default: 'Alt+Shift+T' } } },
    web_accessible_resources: [
      {
        resources: ['sidebar.html'],
        matches: ['<all_urls>'],
        ...(browser === 'firefox' ? {} : { use_dynamic_url: true }),
      },
    ],
    // Firefox's default policy upgrades even ws://127.0.0.1 to wss, and the socket then never opens.
    content_security_policy: { extension_pages: "script-src 'self'; object-src 'none'" },
    ...(browser === 'firefox'
      ? {
          sidebar_action: {
            default_title: '__MSG_sidebarTitle__',
            default_panel: 'sidebar.html?surface=panel',
            open_at_install: false,
          },
          browser_specific_settings: {
            gecko: {
              id: 'earshot@earshot.invalid',
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['authenticationInfo'] },
            },
          },
        }
      : {
          // No other extension may connect: nothing of ours listens to one, and nothing shall by mistake.
          externally_connectable: { ids: [] },
          side_panel: { default_path: 'sidebar.html?surface=panel' },
          // What an administrator may set; Firefox takes policies without one.
          storage: { managed_schema: 'managed-schema.json' },
          minimum_chrome_version: '123',
        }),
  }),
});
