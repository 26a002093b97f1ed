import config.lib.constraints
import config.lib.migrations
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('campaigns', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('team', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Brief',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('goal', models.TextField(blank=True)),
                ('audience', models.TextField(blank=True)),
                ('deliverables', models.TextField(blank=True)),
                ('timeline', models.TextField(blank=True)),
                ('messages', models.JSONField(default=list)),
                ('dos', models.TextField(blank=True, verbose_name='do')),
                ('donts', models.TextField(blank=True, verbose_name="don't")),
                ('disclosure', models.TextField(blank=True)),
                ('review', models.TextField(blank=True)),
                ('usage_rights', models.TextField(blank=True)),
                ('pay', models.TextField(blank=True)),
                ('message_text', models.TextField(blank=True, verbose_name='message to the creator')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='briefs', to='team.brand')),
                ('campaign', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='brief', to='campaigns.campaign')),
            ],
            options={
                'constraints': [config.lib.constraints.Agrees(fk='campaign', name='brief_is_of_its_campaigns_brand', on='brand', violation_error_message='A brief and its campaign belong to the same brand.')],
            },
        ),
        migrations.CreateModel(
            name='Asset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('url', models.URLField(blank=True, max_length=500)),
                ('file', models.FileField(blank=True, upload_to='assets/')),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.brand')),
                ('brief', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assets', to='briefs.brief')),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [config.lib.constraints.Agrees(fk='brief', name='material_is_of_its_briefs_brand', on='brand', violation_error_message='Material and its brief belong to the same brand.'), models.CheckConstraint(condition=models.Q(models.Q(('url', ''), models.Q(('file', ''), _negated=True)), models.Q(models.Q(('url', ''), _negated=True), ('file', '')), _connector='OR'), name='asset_is_a_file_or_a_link', violation_error_message='Give either a file or a link.')],
            },
        ),
        migrations.CreateModel(
            name='BriefEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('goal', models.TextField(blank=True)),
                ('audience', models.TextField(blank=True)),
                ('deliverables', models.TextField(blank=True)),
                ('timeline', models.TextField(blank=True)),
                ('messages', models.JSONField(default=list)),
                ('dos', models.TextField(blank=True, verbose_name='do')),
                ('donts', models.TextField(blank=True, verbose_name="don't")),
                ('disclosure', models.TextField(blank=True)),
                ('review', models.TextField(blank=True)),
                ('usage_rights', models.TextField(blank=True)),
                ('pay', models.TextField(blank=True)),
                ('message_text', models.TextField(blank=True, verbose_name='message to the creator')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('brand', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='team.brand')),
                ('campaign', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='campaigns.campaign')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='briefs.brief')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BriefVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('content', models.JSONField()),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.brand')),
                ('deal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='brief_versions', to='campaigns.deal')),
            ],
            options={
                'ordering': ('deal_id', '-number'),
                'constraints': [config.lib.constraints.Agrees(fk='deal', name='brief_version_is_of_its_deals_brand', on='brand', violation_error_message='A brief and its deal belong to the same brand.'), models.UniqueConstraint(fields=('deal', 'number'), name='one_brief_version_per_deal_and_number', violation_error_message='This version is already there.')],
            },
        ),
        migrations.CreateModel(
            name='Acceptance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('typed_name', models.CharField(max_length=120)),
                ('accepted_at', models.DateTimeField()),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.brand')),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='acceptance', to='briefs.briefversion')),
            ],
            options={
                'constraints': [config.lib.constraints.Agrees(fk='version', name='acceptance_is_of_its_versions_brand', on='brand', violation_error_message='An acceptance and its brief belong to the same brand.'), models.CheckConstraint(condition=models.Q(('typed_name', ''), _negated=True), name='acceptance_has_a_typed_name', violation_error_message='Type your name to accept.')],
            },
        ),
        migrations.CreateModel(
            name='Viewing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_at', models.DateTimeField()),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.brand')),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='viewing', to='briefs.briefversion')),
            ],
            options={
                'constraints': [config.lib.constraints.Agrees(fk='version', name='viewing_is_of_its_versions_brand', on='brand', violation_error_message='A viewing and its brief belong to the same brand.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='brief',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "briefs_briefevent" ("audience", "brand_id", "campaign_id", "changed_at", "deliverables", "disclosure", "donts", "dos", "goal", "id", "message_text", "messages", "pay", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review", "timeline", "usage_rights") SELECT old_values."audience", old_values."brand_id", old_values."campaign_id", old_values."changed_at", old_values."deliverables", old_values."disclosure", old_values."donts", old_values."dos", old_values."goal", old_values."id", old_values."message_text", old_values."messages", old_values."pay", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."review", old_values."timeline", old_values."usage_rights" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='34894a7dfbc85c9d8b0c47ba59744a5bdf081973', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_4e6bf', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='briefs_brief', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='brief',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "briefs_briefevent" ("audience", "brand_id", "campaign_id", "changed_at", "deliverables", "disclosure", "donts", "dos", "goal", "id", "message_text", "messages", "pay", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review", "timeline", "usage_rights") SELECT old_values."audience", old_values."brand_id", old_values."campaign_id", old_values."changed_at", old_values."deliverables", old_values."disclosure", old_values."donts", old_values."dos", old_values."goal", old_values."id", old_values."message_text", old_values."messages", old_values."pay", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."review", old_values."timeline", old_values."usage_rights" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='680ff6d21b484916ca6532fa0f47504529aa5b45', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b162a', referencing='REFERENCING OLD TABLE AS old_values ', table='briefs_brief', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='briefversion',
            trigger=pgtrigger.compiler.Trigger(name='brief_version_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d5658fd2842dd5fedfa5ef934548603370c63e6c', operation='UPDATE OR DELETE', pgid='pgtrigger_brief_version_stays_08cc9', table='briefs_briefversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='acceptance',
            trigger=pgtrigger.compiler.Trigger(name='acceptance_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='80a4f9d1873c7184b7ca3b02d1918a8423b222c9', operation='UPDATE OR DELETE', pgid='pgtrigger_acceptance_stays_43956', table='briefs_acceptance', when='BEFORE')),
        ),
    ]
    operations = [config.lib.migrations.AtOnce(operations)]
