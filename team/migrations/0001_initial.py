import config.lib.constraints
import config.lib.fields
import config.lib.migrations
import django.contrib.postgres.fields
import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import team.models.document
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(
        ),
        django.contrib.postgres.operations.TrigramExtension(
        ),
        migrations.CreateModel(
            name='SetupToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False, verbose_name='may use /admin/')),
                ('theme', models.CharField(choices=[('system', 'As the system'), ('light', 'Light'), ('dark', 'Dark')], default='system', max_length=8)),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='user_email_is_lower_case', violation_error_message='Write the e-mail address in lower case.')],
            },
        ),
        migrations.CreateModel(
            name='LoginLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ProviderKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(choices=[('sociavault', 'SociaVault or ScrapeCreators'), ('youtube', 'YouTube Data API'), ('instagram', 'Instagram business discovery'), ('demo', 'Demo provider')], max_length=12)),
                ('sealed', models.BinaryField()),
                ('last_four', models.CharField(blank=True, editable=False, max_length=4)),
                ('account', models.CharField(blank=True, max_length=30, verbose_name='your own account id')),
                ('base_address', models.URLField(blank=True)),
                ('monthly_budget', models.PositiveIntegerField(blank=True, null=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('tested_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('works', models.BooleanField(blank=True, editable=False, null=True)),
                ('test_words', models.CharField(blank=True, editable=False, max_length=300)),
                ('credits_left', models.PositiveBigIntegerField(blank=True, editable=False, null=True)),
                ('credits_of', models.PositiveBigIntegerField(blank=True, editable=False, null=True)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('provider',),
                'constraints': [models.UniqueConstraint(fields=('provider',), name='one_key_per_provider', violation_error_message='There is a key for this provider already. Replace it instead.'), models.CheckConstraint(condition=models.Q(('provider__in', ['sociavault', 'youtube', 'instagram', 'demo'])), name='provider_is_known', violation_error_message='Choose one of the providers.'), models.CheckConstraint(condition=models.Q(models.Q(('provider', 'instagram'), _negated=True), ('account__regex', '^[0-9]+$'), _connector='OR'), name='instagram_needs_an_account', violation_error_message='Instagram needs the id of your own account, a number.'), models.CheckConstraint(condition=models.Q(models.Q(('provider', 'demo'), _negated=True), models.Q(('base_address', ''), _negated=True), _connector='OR'), name='demo_needs_an_address', violation_error_message='The demo provider needs its address.'), models.CheckConstraint(condition=models.Q(('monthly_budget', None), ('monthly_budget__gt', 0), _connector='OR'), name='provider_budget_is_not_0', violation_error_message='A budget is at least 1. Leave it empty for none.')],
            },
        ),
        migrations.CreateModel(
            name='Brand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('slug', models.SlugField(max_length=64, unique=True)),
                ('currency', models.CharField(blank=True, max_length=3)),
                ('time_zone', models.CharField(default='UTC', max_length=64)),
                ('shop_address', models.URLField(blank=True)),
                ('history_complete_on', models.DateField(blank=True, null=True, verbose_name='order history complete since')),
                ('inactive_after_days', models.PositiveSmallIntegerField(db_default=90, default=90, verbose_name='quiet days until inactive')),
                ('audience_fee', config.lib.fields.AmountField(blank=True, decimal_places=3, max_digits=16, null=True, verbose_name='ask for audience figures above a fee of')),
                ('is_open_to_applications', models.BooleanField(db_default=False, default=False, verbose_name='application form is open')),
                ('application_intro', models.TextField(blank=True, db_default='', verbose_name='text above the application form')),
                ('application_thanks', models.TextField(blank=True, db_default='', verbose_name='text after an application')),
                ('is_sample', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ('name', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('currency', ''), ('currency__regex', '^[A-Z]{3}$'), _connector='OR'), name='brand_currency_is_three_capitals', violation_error_message='Write the currency as three capitals, such as EUR.'), models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9][a-z0-9_-]{0,63}$')), name='brand_slug_is_plain', violation_error_message="A brand's short name holds small letters, digits, _ and -."), models.CheckConstraint(condition=models.Q(('inactive_after_days__gte', 7), ('inactive_after_days__lte', 3650)), name='brand_waits_7_to_3650_days', violation_error_message='A creator becomes inactive after 7 to 3650 quiet days.'), models.CheckConstraint(condition=models.Q(('audience_fee__isnull', True), ('audience_fee__gte', 0), _connector='OR'), name='brand_audience_fee_is_not_negative', violation_error_message='A fee may not be negative.')],
            },
        ),
        migrations.CreateModel(
            name='BrandEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('slug', models.SlugField(db_index=False, max_length=64)),
                ('currency', models.CharField(blank=True, max_length=3)),
                ('time_zone', models.CharField(default='UTC', max_length=64)),
                ('shop_address', models.URLField(blank=True)),
                ('history_complete_on', models.DateField(blank=True, null=True, verbose_name='order history complete since')),
                ('inactive_after_days', models.PositiveSmallIntegerField(db_default=90, default=90, verbose_name='quiet days until inactive')),
                ('audience_fee', config.lib.fields.AmountField(blank=True, decimal_places=3, max_digits=16, null=True, verbose_name='ask for audience figures above a fee of')),
                ('is_open_to_applications', models.BooleanField(db_default=False, default=False, verbose_name='application form is open')),
                ('application_intro', models.TextField(blank=True, db_default='', verbose_name='text above the application form')),
                ('application_thanks', models.TextField(blank=True, db_default='', verbose_name='text after an application')),
                ('is_sample', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='team.brand')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('contract', 'Contract'), ('screenshot', 'Disclosure screenshot'), ('media_kit', 'Media kit'), ('other', 'Other')], max_length=12)),
                ('title', models.CharField(max_length=120)),
                ('file_name', models.CharField(max_length=120)),
                ('file', models.FileField(blank=True, upload_to=team.models.document.stored_name)),
                ('content_type', models.CharField(choices=[('application/pdf', 'application/pdf'), ('image/jpeg', 'image/jpeg'), ('image/png', 'image/png'), ('image/webp', 'image/webp')], max_length=40)),
                ('size', models.PositiveIntegerField(verbose_name='size in bytes')),
                ('sha256', models.CharField(max_length=64)),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('removed_why', models.CharField(blank=True, max_length=200)),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.brand')),
                ('removed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('uploaded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-uploaded_at', '-pk'),
                'indexes': [models.Index(fields=['brand', '-uploaded_at', '-id'], name='document_newest'), models.Index(fields=['brand', 'sha256'], name='document_by_content')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['contract', 'screenshot', 'media_kit', 'other'])), name='document_kind_is_known', violation_error_message='Choose one of the kinds of document.'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('file_name', ''), _negated=True)), name='document_has_a_title', violation_error_message='Give the document a title.'), models.CheckConstraint(condition=models.Q(('size__gt', 0), ('size__lte', 20971520)), name='document_is_not_too_large', violation_error_message='A document has at most 20 MB, and is not empty.'), models.CheckConstraint(condition=models.Q(('content_type__in', ['application/pdf', 'image/jpeg', 'image/png', 'image/webp'])), name='document_is_a_pdf_or_a_picture', violation_error_message='A document is a PDF, PNG, JPEG or WebP file.'), models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='document_has_its_sum', violation_error_message='The sum of the file is missing.'), models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), ('removed_why', ''), models.Q(('file', ''), _negated=True)), models.Q(('file', ''), ('removed_at__isnull', False), models.Q(('removed_why', ''), _negated=True)), _connector='OR'), name='removed_document_has_a_reason_and_no_file', violation_error_message='Say why the document is removed.')],
            },
        ),
        migrations.CreateModel(
            name='DocumentEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('uploaded', 'Uploaded'), ('opened', 'Downloaded'), ('removed', 'Removed'), ('expired', 'Let go, kept long enough')], max_length=8)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('words', models.CharField(blank=True, max_length=200)),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.brand')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='team.document')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-made_at', '-pk'),
                'constraints': [config.lib.constraints.Agrees(fk='document', name='document_event_is_of_its_documents_brand', on='brand', violation_error_message='An event and its document belong to the same brand.'), models.CheckConstraint(condition=models.Q(('act__in', ['uploaded', 'opened', 'removed', 'expired'])), name='document_act_is_known', violation_error_message='A document is uploaded, downloaded, removed or let go.')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('role', models.CharField(choices=[('viewer', 'Viewer'), ('manager', 'Manager'), ('owner', 'Owner')], max_length=8)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('brand', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='team.brand')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='invitation_ends_after_it_began', violation_error_message='An invitation must last a while.')],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed')], default='waiting', max_length=8)),
                ('file', models.FileField(blank=True, upload_to='jobs/')),
                ('file_name', models.CharField(blank=True, max_length=255)),
                ('options', models.JSONField(default=dict)),
                ('result', models.JSONField(default=dict)),
                ('error', models.TextField(blank=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('lease_until_at', models.DateTimeField(blank=True, null=True)),
                ('brand', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='jobs', to='team.brand')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-made_at', '-pk'),
                'indexes': [models.Index(fields=['state', 'made_at'], name='job_queue')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'running'), _negated=True), ('lease_until_at__isnull', False), _connector='OR'), name='running_job_has_a_lease', violation_error_message='A running job needs a lease.')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('viewer', 'Viewer'), ('manager', 'Manager'), ('owner', 'Owner')], max_length=8)),
                ('brand', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='team.brand')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'brand'), name='one_role_per_person_and_brand', nulls_distinct=False, violation_error_message='This person already has a role there.'), models.CheckConstraint(condition=models.Q(('role__in', ['viewer', 'manager', 'owner'])), name='membership_role_is_known', violation_error_message='Choose owner, manager or viewer.')],
            },
        ),
        migrations.CreateModel(
            name='MembershipEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('role', models.CharField(choices=[('viewer', 'Viewer'), ('manager', 'Manager'), ('owner', 'Owner')], max_length=8)),
                ('brand', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='team.brand')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='team.membership')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(choices=[('creators', 'Creators')], default='creators', max_length=16)),
                ('name', models.CharField(max_length=60)),
                ('query', models.TextField(blank=True)),
                ('columns', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), blank=True, default=list, size=None)),
                ('sort', models.CharField(blank=True, max_length=24)),
                ('is_shared', models.BooleanField(default=False, verbose_name="shared with the brand's team")),
                ('position', models.PositiveIntegerField(default=0)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.brand')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('position', 'name', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('brand', 'owner', 'page', 'name'), name='one_view_of_a_name_per_person', violation_error_message='You already have a view of this name.'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='view_has_a_name', violation_error_message='Name the view.'), models.CheckConstraint(condition=models.Q(('page__in', ['creators'])), name='view_page_is_known', violation_error_message='Choose one of the known lists.')],
            },
        ),
        migrations.CreateModel(
            name='FirstView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(choices=[('creators', 'Creators')], default='creators', max_length=16)),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.brand')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('view', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='firsts', to='team.savedview')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('brand', 'user', 'page'), name='one_first_view_per_person', violation_error_message='You already start with another view.'), models.CheckConstraint(condition=models.Q(('page__in', ['creators'])), name='first_view_page_is_known', violation_error_message='Choose one of the known lists.'), config.lib.constraints.Agrees(fk='view', name='first_view_is_of_its_views_brand', on='brand', violation_error_message='A person starts with a view of the same brand.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='brand',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "team_brandevent" ("application_intro", "application_thanks", "audience_fee", "created_at", "currency", "history_complete_on", "id", "inactive_after_days", "is_open_to_applications", "is_sample", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shop_address", "slug", "time_zone") SELECT old_values."application_intro", old_values."application_thanks", old_values."audience_fee", old_values."created_at", old_values."currency", old_values."history_complete_on", old_values."id", old_values."inactive_after_days", old_values."is_open_to_applications", old_values."is_sample", old_values."name", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."shop_address", old_values."slug", old_values."time_zone" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5327902648041457d248f7eaeedc0ca8f6a906e9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6dac7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='team_brand', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='brand',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "team_brandevent" ("application_intro", "application_thanks", "audience_fee", "created_at", "currency", "history_complete_on", "id", "inactive_after_days", "is_open_to_applications", "is_sample", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shop_address", "slug", "time_zone") SELECT old_values."application_intro", old_values."application_thanks", old_values."audience_fee", old_values."created_at", old_values."currency", old_values."history_complete_on", old_values."id", old_values."inactive_after_days", old_values."is_open_to_applications", old_values."is_sample", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."shop_address", old_values."slug", old_values."time_zone" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='451c5c9673c2aea967a4b38021a8b0394d71c49f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b1ada', referencing='REFERENCING OLD TABLE AS old_values ', table='team_brand', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentevent',
            trigger=pgtrigger.compiler.Trigger(name='document_event_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d5ad3a9111b2122465b8d70cd0aa65e6b0d0563e', operation='UPDATE OR DELETE', pgid='pgtrigger_document_event_stays_88758', table='team_documentevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "team_membershipevent" ("brand_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") SELECT old_values."brand_id", old_values."id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."role", old_values."user_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c10de0e38d1f25d346445a9194592d4c60b7956c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_07cb4', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='team_membership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "team_membershipevent" ("brand_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") SELECT old_values."brand_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."role", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6ee0f1dd83120126d0dd911c55c3ecb649d59628', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ebb25', referencing='REFERENCING OLD TABLE AS old_values ', table='team_membership', when='AFTER')),
        ),
    ]
    operations = [config.lib.migrations.AtOnce(operations)]
